"""How one end of a BGP session behaves: every event, and what it does about it."""

from dataclasses import replace

from vpnedu.network.addresses import IPNetwork
from vpnedu.simulation.bgp.belief import TABLE, Belief, State, kind
from vpnedu.simulation.bgp.messages import (
    CEASE,
    HOLD_TIMER_EXPIRED,
    Accept,
    Announce,
    Connect,
    Event,
    Keepalive,
    LinkDown,
    Message,
    Notification,
    Open,
    PathDead,
    Received,
    Reconfigure,
    Reset,
    Start,
    Stop,
    TimerDue,
    Update,
    Withdraw,
)
from vpnedu.simulation.bgp.routes import learn, take_back, tell
from vpnedu.simulation.bgp.settings import Announcement, Settings
from vpnedu.simulation.effects import Became, Effect, Phase, Send, SetTimer, StopTimer
from vpnedu.simulation.protocol import allowed

# How long an OPEN is waited for (RFC 4271, 8.2.2 wants a large value and suggests 4 minutes).
OPEN_WITHIN = 240.0

Reaction = tuple[Belief, tuple[Effect, ...]]


def react(belief: Belief, event: Event, settings: Settings) -> Reaction:
    """What this end believes next, and what it does about it."""
    if isinstance(event, Received) and _stray(belief, event.message):
        return belief, _turned_away(event.message)
    allowed(TABLE, belief.state, kind(event))
    match event:
        case Received(message=message):
            return _hear(belief, message, settings)
        case TimerDue(name=name):
            return _wake(belief, name, event.now, settings)
        case Announce(announcements=announcements):
            after, news = tell(belief, announcements)
            return after, _update(after, announced=news)
        case Withdraw(prefixes=prefixes):
            after, gone = take_back(belief, prefixes)
            return after, _update(after, withdrawn=gone)
        case Start():
            belief = replace(belief, up=True)
            return _dial(belief, event.now, settings) if settings.active else (belief, ())
        case _:
            return _end(belief, event, settings)


def _end(
    belief: Belief, event: LinkDown | PathDead | Stop | Reconfigure, settings: Settings
) -> Reaction:
    """What ends the session from outside: a failure found elsewhere, or the owner's own will."""
    match event:
        case LinkDown(words=words):
            return _close(replace(belief, up=False), settings, words)
        case PathDead(words=words):
            return _close(belief, settings, words)
        case Stop(words=words):
            return _cease(replace(belief, up=False), settings, words)
        case Reconfigure():
            return _cease(belief, settings, f"{settings.name} has new settings")


def _stray(belief: Belief, message: Message) -> bool:
    """Whether the message belongs to a connection that this end doesn't know."""
    return message.connection != belief.connection and not isinstance(message, Connect)


def _turned_away(message: Message) -> tuple[Effect, ...]:
    """What a stranger's message gets: a reset, unless it ended its connection anyway."""
    over = isinstance(message, Reset | Notification)
    return () if over else (Send(Reset(message.connection)),)


def _hear(belief: Belief, message: Message, settings: Settings) -> Reaction:
    """A message of the current connection, or a call."""
    match message:
        case Connect():
            return _called(belief, message, settings)
        case Accept():
            why = f"{settings.name} has a connection to {settings.peer} and sends its OPEN."
            return _say_open(belief, settings, why)
        case Open():
            return _agree(belief, message, settings)
        case Keepalive() if belief.state == "OpenConfirm":
            return _establish(belief, settings)
        case Keepalive():
            return belief, _hold(belief)
        case Update():
            return learn(belief, message, settings), _hold(belief)
        case Notification(words=words):
            return _close(belief, settings, f"{settings.peer} ends the session ({words})")
        case Reset():
            why = f"{settings.peer} does not know the connection and resets it"
            return _close(belief, settings, why)


def _wake(belief: Belief, timer: str, now: float, settings: Settings) -> Reaction:
    """A timer ran out."""
    if timer == "connect retry":
        return _dial(belief, now, settings)
    if timer == "keepalive":
        return belief, (Send(Keepalive(belief.connection)), *_next_keepalive(belief))
    told = Notification(belief.connection, HOLD_TIMER_EXPIRED, "hold timer expired")
    why = f"No word from {settings.peer} for {belief.hold:g} s"
    return _close(belief, settings, why, told)


def _dial(belief: Belief, now: float, settings: Settings) -> Reaction:
    """Call the peer. A connection is named after its moment: a speaker that is new reuses none."""
    connection = f"{settings.name} {now:.6f}"
    after = replace(belief, state="Connect", connection=connection, dialled=True)
    return after, (
        Send(Connect(connection, settings.router_id)),
        SetTimer("connect retry", settings.connect_retry),
        *_seen(belief, "Connect", f"{settings.name} dials {settings.peer}."),
    )


def _called(belief: Belief, call: Connect, settings: Settings) -> Reaction:
    """The peer dials. An established session stands; of two calls, the higher identifier's."""
    if not belief.up:
        return belief, (Send(Reset(call.connection)),)
    ours = belief.dialled and settings.router_id > call.router_id
    if belief.state == "Established" or ours:
        return belief, (Send(Notification(call.connection, CEASE, "connection collision")),)
    why = f"{settings.name} takes the call of {settings.peer} and sends its OPEN."
    called = replace(belief, connection=call.connection, dialled=False)
    after, effects = _say_open(called, settings, why)
    return after, (Send(Accept(call.connection)), StopTimer("keepalive"), *effects)


def _say_open(belief: Belief, settings: Settings, why: str) -> Reaction:
    """The connection stands: say who this is, and wait for the peer to do so."""
    said = Open(belief.connection, settings.asn, settings.hold_time, settings.router_id)
    after = replace(belief, state="OpenSent", hold=OPEN_WITHIN)
    return after, (
        Send(said),
        StopTimer("connect retry"),
        *_hold(after),
        *_seen(belief, "OpenSent", why),
    )


def _agree(belief: Belief, heard: Open, settings: Settings) -> Reaction:
    """The peer's OPEN came: settle the timers (RFC 4271, 4.2 and 4.4), and say yes."""
    hold, keepalive = settings.hold_time, settings.keepalive
    if settings.negotiates:
        hold = min(hold, heard.hold_time)
        keepalive = min(keepalive, hold / 3)
    after = replace(
        belief,
        state="OpenConfirm",
        peer_asn=heard.asn,
        peer_id=heard.router_id,
        hold=hold,
        keepalive=keepalive if hold else 0.0,
    )
    offered = f"{settings.peer} offers a hold time of {heard.hold_time:g} s"
    why = f"{offered}, and {settings.name} goes by {hold:g} s."
    yes = Send(Keepalive(belief.connection))
    return after, (yes, *_hold(after), *_next_keepalive(after), *_seen(belief, after.state, why))


def _establish(belief: Belief, settings: Settings) -> Reaction:
    """The peer said yes: tell it every route."""
    after = replace(belief, state="Established")
    why = f"{settings.name} has a session with {settings.peer}, and they tell each other routes."
    told = _update(after, announced=belief.announces)
    return after, (*_hold(after), *told, *_seen(belief, after.state, why))


def _update(
    belief: Belief,
    announced: tuple[Announcement, ...] = (),
    withdrawn: tuple[IPNetwork, ...] = (),
) -> tuple[Effect, ...]:
    """An UPDATE, if there is news and a session; it stands for a KEEPALIVE (RFC 4271, 8.2.2)."""
    if belief.state != "Established" or not (announced or withdrawn):
        return ()
    return Send(Update(belief.connection, announced, withdrawn)), *_next_keepalive(belief)


def _hold(belief: Belief) -> tuple[Effect, ...]:
    """The peer may be silent for the hold time from now on."""
    return (SetTimer("hold", belief.hold) if belief.hold else StopTimer("hold"),)


def _next_keepalive(belief: Belief) -> tuple[Effect, ...]:
    return (SetTimer("keepalive", belief.keepalive),) if belief.keepalive else ()


def _cease(belief: Belief, settings: Settings, why: str) -> Reaction:
    """The owner's own will: tell the peer, and close. No failure was found."""
    return _close(belief, settings, why, Notification(belief.connection, CEASE, why), phase=None)


def _close(
    belief: Belief,
    settings: Settings,
    why: str,
    last: Notification | None = None,
    phase: Phase | None = "detect",
) -> Reaction:
    """No connection from now on; an end that dials tries again later."""
    had = belief.state == "Established"
    what = "the session and the routes learned over it" if had else "the attempt at a session"
    # Nothing can be said over a connection that the peer hasn't accepted.
    parting = (Send(last),) if last and belief.state not in ("Idle", "Connect") else ()
    again = belief.up and settings.active
    after = Belief(up=belief.up, announces=belief.announces)
    return after, (
        *parting,
        StopTimer("hold"),
        StopTimer("keepalive"),
        SetTimer("connect retry", settings.connect_retry) if again else StopTimer("connect retry"),
        *_seen(belief, "Idle", f"{why}, so {settings.name} drops {what}.", phase if had else None),
    )


def _seen(
    before: Belief, state: State, reason: str, phase: Phase | None = None
) -> tuple[Effect, ...]:
    """What a reader sees of it: nothing where the state stays the same."""
    return (Became(state, reason, phase),) if state != before.state else ()
