"""When a silent BGP peer is given up: hold time, keepalive, and what two ends agree on."""

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.surviving import peers
from vpnedu.quiz.generators.surviving.peers import INSTANCE, Session
from vpnedu.quiz.generators.surviving.shared import OWNERS, decimal, hints, number
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question, Table
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.effects import capital

REFERENCE = "RFC 4271, 4.2 and 4.4; Active/active: Timers that don't agree"


def make(chance: Chance) -> Question:
    session = peers.session(chance)
    # Late enough for the last keepalive to fall into the run.
    cut = 65 + chance.below(300) / 10
    trace, down = peers.run(session, cut, 1 + chance.below(1000))
    last = down - session.hold
    form = chance.pick(("moment", "moment", "latest", "earliest"))
    if form == "moment":
        answer, asked = _moment(session, last), _asked_moment(session, last)
    else:
        answer, asked = _span(session, form), _asked_span(session, form)
    return Question(
        "",
        "numeric",
        f"{_scene(chance, session)}\n\n{asked}",
        answer,
        _explained(session, form, last, down),
        REFERENCE,
        "tell when a silent BGP peer is given up, from the timers of both ends",
        2 if form == "moment" else 3,
        hints(_rule(session), "The hold timer starts anew with each message that arrives."),
        _table(session),
        trace,
        form == "moment",
    )


def _scene(chance: Chance, session: Session) -> str:
    cut = f"The way of the tunnel is cut, and {session.silent} is not heard any more."
    scenes = (
        f"Device 1 of {chance.pick(OWNERS)} and instance 1 of a gateway in the cloud have a BGP "
        f"session through a tunnel. {cut} Nothing but BGP's hold timer watches the session.",
        f"A BGP session runs between device 1 and instance 1, with the timers below. {cut} Neither "
        "BFD nor a liveness check is on.",
        f"In the network of {chance.pick(OWNERS)} the tunnel between device 1 and instance 1 has "
        f"no watcher but BGP itself, with these timers. {cut}",
    )
    fixed = (
        " Like Azure's (June 2026), the gateway's timers are fixed: it does not take a smaller "
        "hold time that its peer offers. The device goes by RFC 4271."
    )
    return chance.pick(scenes) + (fixed if session.fixed else " Both ends go by RFC 4271.")


def _asked_moment(session: Session, last: float) -> str:
    return (
        f"The last message from {session.silent} reached {session.listener} at second "
        f"{decimal(last, 1)} of the run. At which second does {session.listener} give the session "
        "up?"
    )


def _asked_span(session: Session, form: str) -> str:
    shortest = "at the most" if form == "latest" else "at the least"
    return (
        f"Nobody knows when the last keepalive had come. How many seconds {shortest} pass from the "
        f"cut until {session.listener} gives the session up? (Take the time on the way as zero.)"
    )


def _moment(session: Session, last: float) -> Number:
    wrong = [
        ("not-agreed", last + _not_agreed(session), _wrong_hold(session)),
        (
            "sum",
            last + session.own + session.other,
            "Hold times are not added up: one of the two is used.",
        ),
        (
            "keepalive",
            last + session.keepalive,
            "A missing keepalive does not end a session: only the hold time does.",
        ),
        (
            "span",
            session.hold,
            "That is how long it waits. Asked for is the second at which it gives up.",
        ),
    ]
    return number(last + session.hold, 1, "0.2", "s", wrong)


def _span(session: Session, form: str) -> Number:
    hold, pause = session.hold, session.keepalive
    value, other = (hold, hold - pause) if form == "latest" else (hold - pause, hold)
    swapped = (
        "That is the best case: the next keepalive was just due. Nothing guarantees that."
        if form == "latest"
        else "That is the worst case: a keepalive had come just before the cut. The hold timer "
        "runs from the last message, so part of it may have passed already."
    )
    wrong = [
        ("other-case", other, swapped),
        ("not-agreed", _not_agreed(session) - (hold - value), _wrong_hold(session)),
        ("added", hold + pause, "The pause between keepalives is not added to the hold time."),
        (
            "keepalive",
            pause,
            "That is the pause between keepalives. One that is missing does not end a session.",
        ),
    ]
    return number(value, 1, "0.2", "s", wrong)


def _not_agreed(session: Session) -> int:
    """The hold time that the listener does not go by."""
    return session.own + session.other - session.hold if session.own != session.other else 0


def _wrong_hold(session: Session) -> str:
    wrong = _not_agreed(session)
    if session.fixed and session.listener == INSTANCE:
        return f"By the RFC the smaller hold time, {wrong} s, would count; fixed timers ignore it."
    whose = "its own" if wrong == session.own else f"that of {session.silent}"
    users = f"{session.listener} uses" if session.fixed else "both sides use"
    return f"Counted with {wrong} s, {whose}; but {users} the smaller of the two."


def _rule(session: Session) -> str:
    if session.fixed:
        return "The gateway keeps its own hold time; the device takes the smaller of the two."
    return "When a session starts, both ends take the smaller of the two hold times."


def _explained(session: Session, form: str, last: float, down: float) -> str:
    hold, pause = session.hold, decimal(session.keepalive, 1)
    fixed = session.fixed and session.listener == INSTANCE
    why = "keeps its own hold time" if fixed else "goes by the smaller hold time"
    first = f"{capital(session.listener)} {why}, {hold} s."
    run = f"In the run the last message came at {decimal(last, 1)} s and the session ended at "
    run += f"{decimal(down, 1)} s."
    if form == "moment":
        return f"{first} It runs from the last message: {decimal(last, 1)} + {hold}. {run}"
    worst = f"{capital(session.silent)} sends a keepalive every {pause} s. If one came just before "
    worst += f"the cut, all {hold} s are still to run; if the next was just due, {hold} − {pause} "
    return f"{first} {worst}= {decimal(hold - session.keepalive, 1)} s are left. {run}"


def _table(session: Session) -> Table:
    rows = tuple(
        (end, f"{hold} s", f"{keepalive} s") for end, (hold, keepalive) in session.settings.items()
    )
    return Table("Timers as each end is set", ("end", "hold time", "keepalive"), rows)


HOLD_TIME = Generator(
    "hold-time",
    "Tell when a silent BGP peer is given up",
    "BGP",
    "active-active",
    "timers-that-don-t-agree",
    make,
)
