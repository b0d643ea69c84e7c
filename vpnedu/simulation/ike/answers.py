"""How an end answers its peer's requests."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from vpnedu.simulation.effects import Send, StopTimer, capital
from vpnedu.simulation.ike.belief import Belief, Child, Sa
from vpnedu.simulation.ike.messages import Exchange, Message
from vpnedu.simulation.ike.settings import Settings
from vpnedu.simulation.ike.steps import (
    Step,
    go_down,
    narrow,
    renewed,
    respond,
    set_up,
)


def answer(belief: Belief, message: Message, now: float, settings: Settings) -> Step:
    """React to a request that has not come before."""
    # Only a first message can be of an SA that is not known yet.
    sa = belief.find(message.sa) or Sa(message.sa, "offered", ours=False)
    return _ANSWERS[message.exchange](belief, sa, message, now, settings)


def _init(belief: Belief, sa: Sa, message: Message, _: float, settings: Settings) -> Step:
    """The peer dials. Whatever is up or under way here stays, until it has proved who it is.

    Where its group is none of ours, nothing is remembered of it (RFC 7296, 1.2, 2.6, 2.7). A
    message that tells no group is taken to fit.
    """
    if message.group in (None, *settings.groups):
        return respond(belief, sa, message.reply())
    common = next((group for group in settings.groups if group in message.groups), None)
    if common is None:
        return belief, (Send(message.reply("NO_PROPOSAL_CHOSEN")),)
    return belief, (Send(replace(message.reply("INVALID_KE_PAYLOAD"), group=common)),)


def _auth(belief: Belief, sa: Sa, message: Message, now: float, settings: Settings) -> Step:
    """The peer proves its key and asks for the first child (RFC 7296, 1.2).

    A stranger with another key must not disturb the SA that is up. Where both ends dial at once,
    RFC 7296 lets them keep two SAs; in this book of two dials that have both come so far the one
    whose name sorts first goes on, and both ends know which that is.
    """
    if message.key != settings.key:
        return respond(belief, sa, message.reply("AUTHENTICATION_FAILED"))
    dialled = belief.sa("dialled")
    if dialled and _proves(belief.asked) and dialled.id < sa.id:
        return belief, ()
    child, reply = _first_or_next_child(message, settings)
    up, effects = set_up(belief, replace(sa, answered=reply), child, now, settings)
    return up, (Send(reply), *effects)


def _create(belief: Belief, sa: Sa, message: Message, _: float, settings: Settings) -> Step:
    """The peer replaces a child or the IKE SA itself (RFC 7296, 1.3.2, 1.3.3).

    Two replacements at once are refused by whoever has one under way, for now (2.25; where both
    replace the same SA, the RFC would rather make two and delete one).
    """
    if _replaces(belief.asked):
        return respond(belief, sa, message.reply("TEMPORARY_FAILURE"))
    if message.ike:
        belief, said = respond(belief, replace(sa, role="past"), message.reply())
        new = Sa(message.ike, "used", ours=False)
        return belief.having(new), (*said, *renewed("ike rekey", settings.ike_rekey, new))
    child, reply = _first_or_next_child(message, settings)
    belief, said = respond(belief, sa, reply)
    if child is None:
        return belief, said
    # The new child is accepted before the answer leaves. We send with the old one until the peer
    # deletes it: only then is it certain that the peer has the new one (2.8).
    accepting = replace(belief, inbound=(*belief.inbound, child))
    return accepting, (*said, *renewed("child rekey", settings.child_rekey, sa))


def _informational(belief: Belief, sa: Sa, message: Message, _: float, settings: Settings) -> Step:
    """The peer asks for a sign of life, or deletes something (RFC 7296, 1.4)."""
    belief, said = respond(belief, sa, message.reply())
    if message.notify != "DELETE":
        return belief, said
    if message.child:
        left = tuple(c for c in belief.inbound if c.id != message.child)
        return replace(belief, inbound=left, child=left[-1] if left else None), said
    if sa.role == "used":
        reason = f"{capital(settings.peer)} says that it closes the tunnel (DELETE)."
        down, effects = go_down(belief, settings, reason, "detect")
        return down, (*said, *effects)
    if belief.asked and belief.asked.sa == sa.id:
        # We had asked for a sign of life, and nobody will give one under this SA any more.
        return replace(belief, asked=None, resent=0), (*said, StopTimer("retransmit"))
    return belief, said


_Answer = Callable[[Belief, Sa, Message, float, Settings], Step]
_ANSWERS: Mapping[Exchange, _Answer] = {
    "IKE_SA_INIT": _init,
    "IKE_AUTH": _auth,
    "CREATE_CHILD_SA": _create,
    "INFORMATIONAL": _informational,
}


def _proves(asked: Message | None) -> bool:
    return asked is not None and asked.exchange == "IKE_AUTH"


def _replaces(asked: Message | None) -> bool:
    return asked is not None and (asked.exchange == "CREATE_CHILD_SA" or asked.notify == "DELETE")


def _first_or_next_child(message: Message, settings: Settings) -> tuple[Child | None, Message]:
    agreed = narrow(message.offer, settings.selectors)
    if not (agreed and message.child):
        return None, message.reply("TS_UNACCEPTABLE")
    child = Child(message.child, tuple(s.mirrored() for s in agreed))
    return child, message.reply(answer=agreed)
