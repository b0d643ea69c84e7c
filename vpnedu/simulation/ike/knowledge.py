"""What one end knows at a moment, in words: read off its belief, not told by a story."""

from dataclasses import dataclass

from vpnedu.simulation.ike.belief import Belief, Sa
from vpnedu.simulation.ike.payloads import child_spi


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that an end knows, or does not: `has` None where it did and has given it up."""

    has: bool | None
    words: str


def knowledge(belief: Belief, me: str, peer: str) -> tuple[Known, Known, Known, Known]:
    """The IKE SA's keys, the peer's proof, the child SA to send with, and those to receive with."""
    current = belief.sa("used") or belief.sa("dialled") or belief.sa("offered")
    return (_keys(belief, current), _proof(current), _sends(belief, peer), _receives(belief, me))


def _keys(belief: Belief, sa: Sa | None) -> Known:
    """SKEYSEED needs both public values and both nonces (RFC 7296, 2.14)."""
    if sa is None:
        return Known(False, "no keys")
    if _refused(sa):
        return Known(None, "SKEYSEED and SK_* thrown away: nobody proved to be the peer")
    waiting = belief.asked is not None and belief.asked.exchange == "IKE_SA_INIT"
    if sa.role == "dialled" and waiting:
        return Known(False, "no keys: the peer's public value is missing")
    return Known(True, "SKEYSEED, and from it SK_d, SK_ai, SK_ar, SK_ei, SK_er, SK_pi, SK_pr")


def _proof(sa: Sa | None) -> Known:
    if sa is None or _refused(sa):
        return Known(False, "no IKE SA")
    if sa.role == "used":
        return Known(True, "the peer has proved that it holds the pre-shared key")
    return Known(False, "not who the other one is: no proof yet")


def _refused(sa: Sa) -> bool:
    return sa.answered is not None and sa.answered.notify == "AUTHENTICATION_FAILED"


def _sends(belief: Belief, peer: str) -> Known:
    if belief.child is None:
        return Known(False, "sends nothing through the tunnel")
    return Known(True, f"sends with SPI {child_spi(belief.child.id, peer)}")


def _receives(belief: Belief, me: str) -> Known:
    if not belief.inbound:
        return Known(False, "accepts nothing from the tunnel")
    spis = " and ".join(child_spi(child.id, me) for child in belief.inbound)
    return Known(True, f"accepts SPI {spis}")
