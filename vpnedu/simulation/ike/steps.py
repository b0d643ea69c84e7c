"""The steps that set-up, rekeying and deletion are made of."""

from dataclasses import replace

from vpnedu.network.selectors import Selector
from vpnedu.simulation.effects import (
    Became,
    Effect,
    Phase,
    Send,
    SetTimer,
    StopTimer,
    capital,
)
from vpnedu.simulation.ike.belief import Belief, Child, Sa
from vpnedu.simulation.ike.messages import Message, Timer
from vpnedu.simulation.ike.settings import Settings

Step = tuple[Belief, tuple[Effect, ...]]
TIMERS: tuple[Timer, ...] = ("retransmit", "liveness", "redial", "child rekey", "ike rekey")
NO_TIMERS = tuple(StopTimer(name) for name in TIMERS)


def ask(belief: Belief, settings: Settings, sa: Sa, request: Message) -> Step:
    """Send a request under the next number of its SA, again and again until it is answered."""
    numbered = replace(request, number=sa.next_request)
    asking = belief.having(replace(sa, next_request=sa.next_request + 1))
    first_wait = SetTimer("retransmit", settings.retransmit_timeout)
    return replace(asking, asked=numbered, resent=0), (Send(numbered), first_wait)


def respond(belief: Belief, sa: Sa, reply: Message) -> Step:
    """Answer a request, and keep the answer in case the request comes again (RFC 7296, 2.1)."""
    return belief.having(replace(sa, answered=reply)), (Send(reply),)


def dial(belief: Belief, settings: Settings) -> Step:
    """Begin a new IKE SA."""
    made = belief.made + 1
    sa = Sa(f"{settings.name}#{made}", "dialled", ours=True)
    asking, asked = begin(replace(belief, made=made), settings, sa, settings.groups[0])
    reason = f"{capital(settings.name)} dials {settings.peer}."
    return asking, (StopTimer("redial"), *asked, Became("setting up", reason))


def begin(belief: Belief, settings: Settings, sa: Sa, group: int) -> Step:
    """Send the first message of an SA, with all that is offered and a public value of `group`.

    Its number is 0, also where it is sent anew with another group (RFC 7296, 1.2, 2.2).
    """
    first = Message("IKE_SA_INIT", sa.id, groups=settings.groups, group=group)
    return ask(belief, settings, replace(sa, next_request=0), first)


def set_up(belief: Belief, sa: Sa, child: Child | None, now: float, settings: Settings) -> Step:
    """An IKE SA is up; whatever was there before is gone.

    The one who dials has no other SA with its peer and says so (INITIAL_CONTACT; RFC 7296, 2.4):
    that is how a device's tunnel moves to a gateway instance that knows nothing of the old one.
    """
    children = (child,) if child else ()
    up = Belief((replace(sa, role="used"),), None, 0, child, children, now, belief.made)
    effects: tuple[Effect, ...] = (
        StopTimer("redial"),
        StopTimer("retransmit"),
        _timer("liveness", settings.liveness_delay),
        _timer("child rekey", lifetime(settings.child_rekey, sa.ours) if child else 0.0),
        _timer("ike rekey", lifetime(settings.ike_rekey, sa.ours)),
    )
    if up.state == belief.state:
        return up, effects
    return up, (*effects, Became(up.state, _set_up_reason(up, sa, settings)))


def go_down(belief: Belief, settings: Settings, reason: str, phase: Phase | None = None) -> Step:
    """The IKE SA and all its children are gone (RFC 7296, 1.4.1, 2.4); perhaps dial again later."""
    offered = tuple(sa for sa in belief.sas if sa.role == "offered")
    gone = Belief(offered, made=belief.made)
    effects: tuple[Effect, ...] = (*NO_TIMERS, Became("down", reason, phase))
    if settings.redial is None:
        return gone, effects
    return gone, (*effects, SetTimer("redial", settings.redial))


def narrow(offer: tuple[Selector, ...], ours: tuple[Selector, ...]) -> tuple[Selector, ...]:
    """What the responder accepts of an offer: the part that both want, as the one who offers sees
    it (RFC 7296, 2.9); empty where nothing is left.
    """
    wanted = [s.mirrored() for s in ours]
    both = (a.intersect(b) for a in offer for b in wanted if a.version == b.version)
    return tuple(s for s in both if s)


def renewed(name: Timer, seconds: float, sa: Sa) -> tuple[Effect, ...]:
    """A new SA has its life before it; `sa` is the IKE SA that now says who began."""
    return (_timer(name, lifetime(seconds, sa.ours)),)


def lifetime(seconds: float, ours: bool) -> float:
    """When this end replaces an SA that lives `seconds`.

    Two equal timers would make both ends rekey at once, so RFC 7296, 2.8 wants them jittered. A
    run must not depend on chance: the end that made the IKE SA is a twentieth earlier.
    """
    return seconds * (0.95 if ours else 1.0)


def another_try(ours: bool) -> float:
    """How long to wait after TEMPORARY_FAILURE, or for one's turn; unequal, for the same reason."""
    return 1.0 if ours else 2.0


def _timer(name: Timer, seconds: float) -> Effect:
    return SetTimer(name, seconds) if seconds else StopTimer(name)


def _set_up_reason(up: Belief, sa: Sa, settings: Settings) -> str:
    if up.child:
        return f"{capital(settings.name)} and {settings.peer} have set up the tunnel."
    dialler, other = settings.name, settings.peer
    if not sa.ours:
        dialler, other = other, dialler
    return (
        f"IKE is up without a child SA: of the traffic that {dialler} offers, {other} wants "
        "none (TS_UNACCEPTABLE)."
    )
