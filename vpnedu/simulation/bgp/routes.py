"""What a speaker has been told and tells: the RFC's Adj-RIB-In and Adj-RIB-Out (RFC 4271, 3.2)."""

from collections.abc import Iterable
from dataclasses import replace

from vpnedu.network.addresses import IPNetwork
from vpnedu.simulation.best_path import Path
from vpnedu.simulation.bgp.belief import Belief
from vpnedu.simulation.bgp.messages import Update
from vpnedu.simulation.bgp.settings import Announcement, Settings


def learn(belief: Belief, heard: Update, settings: Settings) -> Belief:
    """The belief after an UPDATE: a path replaces the one told before for its prefix (3.1)."""
    learned = {path.prefix: path for path in belief.learned if path.prefix not in heard.withdrawn}
    for told in heard.announced:
        learned[told.prefix] = Path(
            told.prefix,
            told.as_path,
            belief.peer_id,
            settings.peer_address,
            settings.session,
            told.origin,
            told.med,
            settings.local_preference,
            external=belief.peer_asn != settings.asn,
        )
    return replace(belief, learned=tuple(learned.values()))


def tell(
    belief: Belief, announcements: Iterable[Announcement]
) -> tuple[Belief, tuple[Announcement, ...]]:
    """The belief with these to be told, and which of them are news."""
    news = tuple(told for told in announcements if told not in belief.announces)
    announces = {told.prefix: told for told in (*belief.announces, *news)}
    return replace(belief, announces=tuple(announces.values())), news


def take_back(
    belief: Belief, prefixes: Iterable[IPNetwork]
) -> tuple[Belief, tuple[IPNetwork, ...]]:
    """The belief without these prefixes, and which of them the peer was told."""
    unwanted = set(prefixes)
    gone = tuple(told.prefix for told in belief.announces if told.prefix in unwanted)
    kept = tuple(told for told in belief.announces if told.prefix not in gone)
    return replace(belief, announces=kept), gone
