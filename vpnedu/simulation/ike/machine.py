"""How an end reacts: to orders, to its timers, and to the answers it gets."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from vpnedu.simulation.effects import Became, Effect, Send, SetTimer, capital
from vpnedu.simulation.ike.answers import answer
from vpnedu.simulation.ike.belief import TABLE, Belief
from vpnedu.simulation.ike.messages import (
    Close,
    Dial,
    Event,
    Forget,
    Message,
    Received,
    TimerDue,
)
from vpnedu.simulation.ike.outcomes import outcome
from vpnedu.simulation.ike.settings import Settings
from vpnedu.simulation.ike.steps import (
    NO_TIMERS,
    Step,
    another_try,
    ask,
    dial,
    go_down,
)
from vpnedu.simulation.protocol import ProtocolError, allowed

# Times that differ by less than this are the same: it is far below what a trace shows.
INSTANT = 1e-6


def react(belief: Belief, event: Event, settings: Settings) -> Step:
    """What this end believes after `event`, and what it wants done.

    ProtocolError where TABLE does not know the event in this state.
    """
    if isinstance(event, Received) and not _is_news(belief, event.message):
        return belief, _again(belief, event.message)
    kind = _kind(event)
    next_states = allowed(TABLE, belief.state, kind)
    after, effects = _step(belief, event, settings)
    if after.state not in next_states:
        raise ProtocolError(f"{kind!r} must not lead from {belief.state} to {after.state}")
    return after, effects


def _kind(event: Event) -> str:
    match event:
        case Received(message=message):
            return f"{message.exchange} {'request' if message.request else 'response'}"
        case TimerDue(name=name):
            return name
        case _:
            return type(event).__name__.lower()


def _is_news(belief: Belief, message: Message) -> bool:
    """Whether a message is the next request of an SA we know, a first one, or awaited.

    Anything else is dropped without a word: an unprotected hint that an SA is unknown would prove
    nothing (RFC 7296, 1.5, 2.21), so a standby that knows nothing cannot end an old SA.
    """
    if not message.request:
        asked = belief.asked
        return asked is not None and (asked.sa, asked.number) == (message.sa, message.number)
    sa = belief.find(message.sa)
    if sa is None:
        return message.exchange == "IKE_SA_INIT"
    # Where the peer's IKE_AUTH was lost, it may ask something before we know that it is up.
    return sa.role != "dialled" and message.number == sa.expects


def _again(belief: Belief, message: Message) -> tuple[Effect, ...]:
    """The same answer to a request that comes again (RFC 7296, 2.1)."""
    sa = belief.find(message.sa)
    last = sa.answered if sa and message.request else None
    return (Send(last),) if last and last.number == message.number else ()


def _step(belief: Belief, event: Event, settings: Settings) -> Step:
    match event:
        case Dial() | TimerDue(name="redial"):
            return dial(belief, settings)
        case TimerDue(name=name):
            return _DUE[name](belief, event, settings)
        case Received(message=message, now=now):
            sa = belief.find(message.sa)
            if sa and sa.role in ("used", "past"):
                belief = replace(belief, heard=max(belief.heard, now))
            if message.request:
                return answer(belief, message, now, settings)
            return outcome(belief, message, now, settings)
        case Close(words=words):
            return _close(belief, words)
        case Forget():
            return _forgotten(belief, f"{capital(settings.name)} knows nothing of the tunnel now.")


def _close(belief: Belief, words: str) -> Step:
    """Tell the peer, and be gone. The message is sent once: nobody is left to send it again."""
    down, effects = _forgotten(belief, words)
    if not (used := belief.sa("used")):
        return down, effects
    delete = Message("INFORMATIONAL", used.id, used.next_request, notify="DELETE")
    return down, (Send(delete), *effects)


def _forgotten(belief: Belief, reason: str) -> Step:
    became = () if belief.state == "down" else (Became("down", reason),)
    return Belief(made=belief.made), (*NO_TIMERS, *became)


# Timers


def _resend(belief: Belief, _: TimerDue, settings: Settings) -> Step:
    """Send the same request again, or give the peer up (RFC 7296, 2.1, 2.4)."""
    assert belief.asked, "the timer is stopped with the answer"
    if belief.resent < settings.retransmit_tries:
        resent = belief.resent + 1
        wait = settings.retransmit_timeout * settings.retransmit_base**resent
        again = (Send(belief.asked), SetTimer("retransmit", wait))
        return replace(belief, resent=resent), again
    sent = settings.retransmit_tries + 1
    times = "once" if sent == 1 else f"{sent} times"
    silence = f"{capital(settings.peer)} was asked {times} and has not answered"
    after = f"after {settings.patience:.1f} s"
    if belief.up:
        reason = f"{silence}; {settings.name} gives the tunnel up {after}."
        return go_down(belief, settings, reason, "detect")
    return go_down(belief, settings, f"{silence}; {settings.name} stops dialling {after}.")


def _probe(belief: Belief, event: TimerDue, settings: Settings) -> Step:
    """After silence, ask for a sign of life (RFC 7296, 2.4). Any protected packet is one."""
    heard = max(belief.heard, event.heard or 0.0)
    belief = replace(belief, heard=heard)
    rest = heard + settings.liveness_delay - event.now
    if rest > INSTANT:
        return belief, (SetTimer("liveness", rest),)
    later = SetTimer("liveness", settings.liveness_delay)
    used = belief.sa("used")
    if belief.asked or not used:
        # A request is out already; its answer will be the sign of life, or its lack the end.
        return belief, (later,)
    asking, effects = ask(belief, settings, used, Message("INFORMATIONAL", used.id))
    return asking, (*effects, later)


def _rekey(belief: Belief, event: TimerDue, settings: Settings) -> Step:
    """Ask for a child, or an IKE SA, in place of the old one (RFC 7296, 1.3.2, 1.3.3, 2.8)."""
    used = belief.sa("used")
    assert used, "the timer is stopped with the SA"
    if belief.asked:
        return belief, (SetTimer(event.name, another_try(used.ours)),)
    made = belief.made + 1
    if event.name == "ike rekey":
        name = f"{settings.name}#{made}"
        request = Message("CREATE_CHILD_SA", used.id, ike=name, old=used.id)
    else:
        assert belief.child, "the timer is stopped with the child"
        request = Message(
            "CREATE_CHILD_SA",
            used.id,
            offer=belief.child.selectors,
            child=f"{settings.name}/{made}",
            old=belief.child.id,
            notify="REKEY_SA",
        )
    return ask(replace(belief, made=made), settings, used, request)


_DUE: Mapping[str, Callable[[Belief, TimerDue, Settings], Step]] = {
    "retransmit": _resend,
    "liveness": _probe,
    "child rekey": _rekey,
    "ike rekey": _rekey,
}
