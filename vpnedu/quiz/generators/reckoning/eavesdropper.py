"""What somebody on the way can read of a packet."""

from dataclasses import dataclass, replace

from vpnedu.network.encapsulation import AES_GCM
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.reckoning.paths import INNER, OUTER, Path, any_path, hints
from vpnedu.quiz.inputs import Choice, Many
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.events import Flight
from vpnedu.simulation.journey import send
from vpnedu.simulation.trace import Datagram, Trace

NAME = "what-the-eavesdropper-reads"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something to be read: in which of two packets and in which field of it (by IP version)."""

    id: str
    text: str
    packet: str
    fields: tuple[str, ...]


FACTS = (
    Fact("who-sends", "{who}'s address, {source}", "inner", ("source address",)),
    Fact("who-receives", "{whom}'s address, {target}", "inner", ("destination address",)),
    Fact(
        "which-program", "the port of the program that {who} asks", "inner", ("destination port",)
    ),
    Fact("which-protocol", "whether {who} uses TCP or UDP", "inner", ("protocol", "next header")),
    Fact("what-is-said", "what {who} writes to {whom}", "inner", ("data",)),
    Fact("near-gateway", "the {here}'s address, {near}", "outer", ("source address",)),
    Fact("far-gateway", "the {there}'s address, {far}", "outer", ("destination address",)),
    Fact(
        "which-association",
        "the number of the security association (SPI) that sealed the packet",
        "outer",
        ("security parameters index",),
    ),
    Fact(
        "how-many-so-far",
        "how many packets the association has sealed so far",
        "outer",
        ("sequence number",),
    ),
    Fact(
        "how-long",
        "how many bytes the sealed packet has",
        "outer",
        ("total length", "payload length"),
    ),
)
INSIDE, OUTSIDE = FACTS[:5], FACTS[5:]
# Where somebody listens: a flight of the run, by its place, and how that place is called.
PLACES = (
    (1, "a router on the internet, halfway between the two gateways"),
    (1, "the line from the {here} to its internet provider"),
    (1, "the network of a provider on the way"),
    (0, "inside the {here}, before the packet reaches the gateway"),
    (2, "inside the {there}, behind the gateway"),
)


def make(chance: Chance) -> Question:
    """Six things that are true of a packet; those that its bytes tell at one place are right."""
    path = replace(any_path(chance, (AES_GCM,)), inner=chance.pick((4, 4, 6)))
    protocol = chance.pick(("tcp", "udp"))
    sent = path.packet(chance.pick((200, 240, 300, 340)), protocol)
    trace = send(path.topology(), sent, title="What can be read on the way")
    at, place = chance.pick(PLACES)
    here, there = path.pair.here.lower(), path.pair.there.lower()
    # Not always as many of one kind as of the other: else three right ones of six could be counted.
    inside = chance.pick((2, 3, 4))
    drawn = [*chance.shuffled(INSIDE)[:inside], *chance.shuffled(OUTSIDE)[: 6 - inside]]
    facts = chance.shuffled(drawn)
    return _asked(path, trace, at, place.format(here=here, there=there), facts)


def seen(trace: Trace, at: int) -> Datagram:
    """The datagram that travels on the flight number `at`."""
    flights = [event for event in trace.events if isinstance(event, Flight)]
    return trace.datagrams[flights[at].datagram]


def readable(shown: Datagram, fact: Fact) -> bool:
    """Whether the bytes of `shown` tell `fact` to somebody without the key."""
    if (shown.inner is not None) != (fact.packet == "outer"):
        return False
    return any(field.name in fact.fields and not field.sealed for field in shown.fields)


def _asked(path: Path, trace: Trace, at: int, place: str, facts: list[Fact]) -> Question:
    pair, shown = path.pair, seen(trace, at)
    (_, source), (_, target) = INNER[path.inner]
    near, far = OUTER[path.version]
    words = pair.words | {"source": source, "target": target, "near": near, "far": far}
    choices = tuple(
        Choice(fact.id, fact.text.format(**words), readable(shown, fact), _says(shown, fact))
        for fact in facts
    )
    return Question(
        id=NAME,
        kind="multiple",
        text=(
            f"{pair.who} ({pair.here}) writes to {pair.whom} ({pair.there}), without TLS or any "
            f"other encryption of their own. The two gateways seal with {AES_GCM.name} in tunnel "
            f"mode, {path.words}.\n\nSomebody listens at this place: {place}. What can be "
            "read there in the packet's bytes?"
        ),
        answer=Many(choices),
        explain=_explained(shown, words),
        reference="RFC 4303, 2 and 3.1.2",
        objective=NAME,
        difficulty=2,
        hints=hints("Which packet passes this place: the inner one, or the one that carries it?"),
        trace=trace,
        picture=True,
    )


def _says(shown: Datagram, fact: Fact) -> str:
    sealed, field = shown.inner is not None, _named(shown, fact)
    if fact.packet == "outer":
        if sealed:
            return f"Readable: the {field} is outside what is sealed."
        return (
            f"Not here: the {fact.fields[0]} of the outer packet exists only between the two "
            "gateways."
        )
    if sealed:
        return f"Sealed: the inner packet's {fact.fields[0]} is encrypted, like all the rest of it."
    return (
        f"Readable: the tunnel reaches from gateway to gateway, and here the {field} is in the "
        "clear."
    )


def _named(shown: Datagram, fact: Fact) -> str:
    return next((f.name for f in shown.fields if f.name in fact.fields), fact.fields[0])


def _explained(shown: Datagram, words: dict[str, str]) -> str:
    if shown.inner is None:
        return (
            "The seal reaches from gateway to gateway, and not from {who} to {whom}. At this place "
            "the packet has no outer header, no SPI and no encryption: every byte of it is "
            "readable."
        ).format(**words)
    clear = ", ".join(field.name for field in shown.fields if not field.sealed)
    hidden = ", ".join(field.name for field in shown.fields if field.sealed)
    return (
        f"In the clear: {clear}.\n\nSealed: {hidden}. Whoever listens learns that the two "
        "gateways talk, how much and how often, but not who talks to whom behind them, or about "
        "what."
    )


GENERATOR = Generator(
    NAME,
    "List what an eavesdropper can read of a sealed packet",
    "bytes on the wire",
    "what-is-a-vpn",
    "what-is-sealed-and-what-stays-readable",
    make,
)
