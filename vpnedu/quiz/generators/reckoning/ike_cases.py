"""Moments at which IKE may go on in several ways; the machine says which it takes."""

from collections.abc import Callable
from dataclasses import dataclass, field

from vpnedu.network.selectors import Selector, selector
from vpnedu.quiz.generators.reckoning.ike_run import Loss, Moment, Run, nothing_lost
from vpnedu.quiz.generators.reckoning.ike_situations import KEY, OURS, THEIRS
from vpnedu.simulation.ike import Event

WIDE = (selector("10.1.0.0/16", "10.0.0.0/8"),)
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Option:
    """One way to go on: `code` as `Case.code` names it, the sentence, and its feedback."""

    code: str
    text: str
    says: str


def first_code(_run: Run, after: list[Moment]) -> str:
    """What the first moment is: "nothing", what a message says, or the state reached."""
    if not after:
        return "nothing"
    moment = after[0]
    if moment.message is None:
        return f"{moment.what} {moment.detail}".strip().replace(" ", "-")
    kind = "request" if moment.message.request else "response"
    if moment.again:
        return f"same-{kind}"
    said = moment.message.notify or f"{moment.message.exchange}-{kind}"
    return said.lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class Case:
    """A run up to a moment, and what may come next.

    The run stops at `stop` seconds, after as many `waits` for an answer as the pace has them, and
    is then watched for `watch` seconds; `code` names what it does, as one of `options`.
    """

    id: str
    text: str
    ask: str
    hint: str
    rule: str
    reference: str
    options: tuple[Option, ...]
    stop: float
    watch: float = 0.06
    first: dict[str, object] = field(default_factory=dict)
    second: dict[str, object] = field(default_factory=dict)
    ours: tuple[Selector, ...] = OURS
    theirs: tuple[Selector, ...] = THEIRS
    their_key: str = KEY
    lost: Loss = nothing_lost
    hears: int | None = None
    orders: tuple[tuple[float, int, Event], ...] = ()
    code: Callable[[Run, list[Moment]], str] = first_code
    waits: int = 0


def narrowed(run: Run, _after: list[Moment]) -> str:
    """Whether the child SA is for what both ends want."""
    child = run.beliefs[0].child
    agreed = tuple(s for w in WIDE for t in THEIRS if (s := w.intersect(t.mirrored())))
    return "narrowed" if child and child.selectors == agreed else "other"


def old_stays(run: Run, after: list[Moment]) -> str:
    """Whether the second end answers and its first IKE SA is still in use."""
    used = run.beliefs[1].sa("used")
    answered = any(m.end == 1 and m.message and not m.message.request for m in after)
    return "old-stays" if used and used.id.endswith("#1") and answered else "other"


def who_rekeys(_run: Run, after: list[Moment]) -> str:
    """Which end asks for a new child SA when the shorter lifetime, an hour, nears its end."""
    message = after[0].message
    asks = message and message.notify == "REKEY_SA"
    return f"rekeyed-by-{after[0].end}" if asks and 0.9 * HOUR < after[0].at < HOUR else "other"


def all_gone(run: Run, after: list[Moment]) -> str:
    """Whether the first end has given up and has no SA of any kind any more."""
    down = any(m.end == 0 and m.detail == "down" for m in after)
    return "all-gone" if down and not run.beliefs[0].inbound and not run.beliefs[0].up else "other"


def deletes(_run: Run, after: list[Moment]) -> str:
    """What the first message is about: "delete" where it deletes something."""
    return next((m.message.notify or "").lower() for m in after if m.message)


def first_answer(run: Run, after: list[Moment]) -> str:
    """How the first end answers."""
    answers = [m for m in after if m.end == 0 and m.message and not m.message.request]
    return first_code(run, answers)
