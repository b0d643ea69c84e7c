"""Which packets the anti-replay window accepts."""

from dataclasses import dataclass
from itertools import accumulate

from vpnedu.network.replay import ReplayWindow
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.reckoning.paths import PAIRS, gateway_of, hints
from vpnedu.quiz.generators.reckoning.sums import listed
from vpnedu.quiz.inputs import Choice, Many
from vpnedu.quiz.question import Question, Table
from vpnedu.simulation.chance import Chance

NAME = "replay-window"
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
# What may happen, one of each group, in any order: see `_number`. "forged" is the only one that
# fails the check. What is older than the window, or late in it, depends on what came before.
GROUPS = (
    ("next", "skip", "jump"),
    ("late", "missing-still", "edge"),
    ("replayed", "again"),
    ("out", "fallen-out", "edge-of-now"),
    ("forged", "forged", "between", "again"),
    ("next", "late", "skip", "between"),
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A packet at the receiver: its sequence number, and whether its integrity check fits."""

    number: int
    genuine: bool


@dataclass(frozen=True, slots=True)
class Start:
    """The window before the first arrival: all numbers up to `highest` came, but `missing`."""

    size: int
    highest: int
    missing: tuple[int, ...]

    @property
    def window(self) -> ReplayWindow:
        seen = sum(
            1 << behind for behind in range(self.size) if self.highest - behind not in self.missing
        )
        return ReplayWindow(self.size, self.highest, seen)


def make(chance: Chance) -> Question:
    """Six packets arrive; the window's verdict is computed one after another (3.4.3)."""
    size = chance.pick((32, 64, 64, 128))
    highest = size + 3 + chance.below(9000)
    low = highest - size + 1
    inside = sorted(low + 2 + chance.below(size - 8) for _ in range(2))
    missing = tuple(dict.fromkeys((low - 1, low, *inside, highest - 2)))
    start = Start(size, highest, missing)
    return _asked(chance.pick(PAIRS).there, start, _arrivals(chance, start))


def _arrivals(chance: Chance, start: Start) -> tuple[Arrival, ...]:
    window = start.window
    came: list[Arrival] = []
    passed = [start.highest]
    for event in chance.shuffled([chance.pick(group) for group in GROUPS]):
        number = passed[-1] if event == "replayed" else _number(chance, event, start, window, came)
        came.append(Arrival(number, event != "forged"))
        if came[-1].genuine and window.check(number) is None:
            window = window.commit(number)
            passed.append(number)
    return tuple(came)


def _number(
    chance: Chance, event: str, start: Start, window: ReplayWindow, came: list[Arrival]
) -> int:
    """The sequence number by which `event` comes about, one that has not come yet."""
    top, low = window.highest, window.highest - window.size + 1
    numbers = {arrival.number for arrival in came}
    untouched = [n for n in start.missing if n >= low and n not in numbers]
    number = {
        "next": top + 1,
        "skip": top + 3 + chance.below(4),
        "jump": top + start.size // 2 + chance.below(start.size // 4),
        "forged": top + start.size * 2 + chance.below(500),
        "late": untouched[-1] if untouched else top + 2,
        "missing-still": untouched[0] if untouched else top + 2,
        "between": top - 1,
        "again": start.highest - 5 - chance.below(9),
        "edge": start.highest - start.size + 1,
        "edge-of-now": low,
        "out": start.highest - start.size,
        "fallen-out": low - 1 - chance.below(6),
    }[event]
    step = 1 if event in ("edge", "edge-of-now") else -1
    while number in numbers:
        number += step
    return number


def _asked(site: str, start: Start, came: tuple[Arrival, ...]) -> Question:
    windows = list(accumulate(came, lambda w, a: _after(w, a), initial=start.window))
    choices = tuple(
        _choice(place, arrival, window)
        for place, (arrival, window) in enumerate(zip(came, windows, strict=False))
    )
    gateway, forged = gateway_of(site), any(not arrival.genuine for arrival in came)
    missing = listed([str(n) for n in sorted(start.missing)])
    return Question(
        id=NAME,
        kind="multiple",
        text=(
            f"The {gateway} keeps an anti-replay window of {start.size} sequence numbers for a "
            f"tunnel. The highest number whose packet passed the integrity check is "
            f"{start.highest}. All numbers before it have come as well, except {missing}.\n\n"
            "Now the packets in the table arrive, from the top down. Which of them does the "
            "gateway accept?"
        ),
        answer=Many(choices, ordered=True),
        explain="\n\n".join(f"{_ordinal(p)} packet. {c.says}" for p, c in enumerate(choices)),
        reference="RFC 4303, 3.4.3",
        objective=NAME,
        difficulty=3 if forged else 2,
        hints=hints(
            f"At first the window holds {start.highest - start.size + 1} to {start.highest}.",
            "The window moves only when a packet with a higher number has passed its integrity "
            "check.",
        ),
        table=_table(came),
    )


def _table(came: tuple[Arrival, ...]) -> Table:
    rows = tuple(
        (_ordinal(place), str(a.number), "fits" if a.genuine else "does not fit")
        for place, a in enumerate(came)
    )
    return Table("Packets in order of arrival", ("Packet", "Sequence number", "ICV"), rows)


def _ordinal(place: int) -> str:
    return ORDINALS[place].capitalize()


def _after(window: ReplayWindow, arrival: Arrival) -> ReplayWindow:
    passes = arrival.genuine and window.check(arrival.number) is None
    return window.commit(arrival.number) if passes else window


def _choice(place: int, arrival: Arrival, window: ReplayWindow) -> Choice:
    refused = window.check(arrival.number)
    right = refused is None and arrival.genuine
    text = f"the {ORDINALS[place]} packet, number {arrival.number}"
    return Choice(f"{ORDINALS[place]}-packet", text, right, _why(arrival, window, refused))


def _why(arrival: Arrival, window: ReplayWindow, refused: str | None) -> str:
    number, held = arrival.number, f"{window.highest - window.size + 1} to {window.highest}"
    if refused and "before" in refused:
        return (
            f"Refused: {refused}. The ICV of a copy is as good as that of the original; it is the "
            "window that refuses it."
        )
    if refused:
        return f"Refused: {refused}. Whether it came before makes no difference."
    if not arrival.genuine:
        return (
            f"Refused: {number} would be new, but the ICV does not fit. Nothing is remembered of "
            f"such a packet, and the window stays at {held}."
        )
    if number > window.highest:
        now = f"{number - window.size + 1} to {number}"
        return f"Accepted: {number} is the highest so far. The window moves on to {now}."
    return f"Accepted: the window holds {held}, and {number} had not come yet, late as it is."


GENERATOR = Generator(
    NAME,
    "Say which packets an anti-replay window accepts",
    "bytes on the wire",
    "inside-the-tunnel",
    "which-numbers-still-count",
    make,
)
