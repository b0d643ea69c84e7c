"""What comes of an end's own request, once it is answered."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from vpnedu.simulation.effects import SetTimer, StopTimer, capital
from vpnedu.simulation.ike.belief import Belief, Child, Sa
from vpnedu.simulation.ike.messages import Exchange, Message
from vpnedu.simulation.ike.settings import Settings
from vpnedu.simulation.ike.steps import (
    Step,
    another_try,
    ask,
    begin,
    go_down,
    renewed,
    set_up,
)


def outcome(belief: Belief, message: Message, now: float, settings: Settings) -> Step:
    """React to the response that was awaited."""
    asked, sa = belief.asked, belief.find(message.sa)
    assert asked, "only an awaited response is news"
    assert sa, "an SA is kept as long as something is asked under it"
    rested = replace(belief, asked=None, resent=0)
    after, effects = _OUTCOMES[message.exchange](rested, sa, asked, message, now, settings)
    return after, (StopTimer("retransmit"), *effects)


def _init(
    belief: Belief, sa: Sa, _asked: Message, reply: Message, _now: float, settings: Settings
) -> Step:
    """The peer is there: prove the key, and ask for the first child (RFC 7296, 1.2).

    Or it wants another Diffie-Hellman group: begin anew with that one, offering all again.
    """
    if reply.notify == "INVALID_KE_PAYLOAD" and reply.group in settings.groups:
        return begin(belief, settings, sa, reply.group)
    if reply.notify:
        reason = (
            f"{capital(settings.peer)} accepts none of the algorithms that {settings.name} offers "
            f"({reply.notify})."
        )
        return go_down(belief, settings, reason)
    made = belief.made + 1
    request = Message(
        "IKE_AUTH",
        sa.id,
        key=settings.key,
        offer=settings.selectors,
        child=f"{settings.name}/{made}",
        notify="INITIAL_CONTACT",
    )
    return ask(replace(belief, made=made), settings, sa, request)


def _auth(
    belief: Belief, sa: Sa, asked: Message, reply: Message, now: float, settings: Settings
) -> Step:
    """The tunnel is up, or up without a child, or the keys differ (RFC 7296, 2.21.2)."""
    if reply.notify == "AUTHENTICATION_FAILED":
        reason = (
            f"{capital(settings.peer)} does not accept the key of {settings.name} "
            "(AUTHENTICATION_FAILED)."
        )
        return go_down(belief, settings, reason)
    assert asked.child, "the first child is asked for with the key"
    child = Child(asked.child, reply.answer) if reply.answer else None
    return set_up(belief, sa, child, now, settings)


def _create(
    belief: Belief, sa: Sa, asked: Message, reply: Message, _now: float, settings: Settings
) -> Step:
    """Move to the new SA, then delete the old one (RFC 7296, 2.8)."""
    if reply.notify:
        name = "ike rekey" if asked.ike else "child rekey"
        return belief, (SetTimer(name, another_try(sa.ours)),)
    if asked.ike:
        new = Sa(asked.ike, "used", ours=True)
        belief = belief.having(replace(sa, role="past")).having(new)
        timer = renewed("ike rekey", settings.ike_rekey, new)
        old = replace(sa, role="past")
        delete = Message("INFORMATIONAL", old.id, notify="DELETE")
    else:
        assert asked.child, "what is not an IKE SA is a child"
        child = Child(asked.child, reply.answer)
        belief = replace(belief, child=child, inbound=(*belief.inbound, child))
        timer = renewed("child rekey", settings.child_rekey, sa)
        old = sa
        delete = Message("INFORMATIONAL", sa.id, child=asked.old, notify="DELETE")
    asking, effects = ask(belief, settings, old, delete)
    return asking, (*timer, *effects)


def _informational(
    belief: Belief, _sa: Sa, asked: Message, _reply: Message, _now: float, _settings: Settings
) -> Step:
    """The peer lives. If it was told to delete a child, nothing comes with that one any more."""
    left = tuple(c for c in belief.inbound if c.id != asked.child)
    return replace(belief, inbound=left), ()


_Outcome = Callable[[Belief, Sa, Message, Message, float, Settings], Step]
_OUTCOMES: Mapping[Exchange, _Outcome] = {
    "IKE_SA_INIT": _init,
    "IKE_AUTH": _auth,
    "CREATE_CHILD_SA": _create,
    "INFORMATIONAL": _informational,
}
