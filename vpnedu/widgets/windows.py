"""The anti-replay window as a toy: packets to send to it, and what it answers in words."""

from dataclasses import dataclass
from html import escape
from typing import Any

from vpnedu.network.addresses import InputError, quoted
from vpnedu.network.replay import ReplayWindow
from vpnedu.widgets.instrument import Instrument, shown
from vpnedu.widgets.live import Live

SIZES = (32, 64)
TITLE = "The anti-replay window"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Packets that arrive one after another, numbered `first` to `last`; forged unless genuine."""

    first: int
    last: int
    genuine: bool = True


@dataclass(frozen=True, slots=True)
class Story:
    """Something to try: the window's `size`, what to notice, and what arrives."""

    label: str
    notice: str
    size: int
    arrivals: tuple[Arrivals, ...]


def only(number: int, *, genuine: bool = True) -> Arrivals:
    """One packet."""
    return Arrivals(number, number, genuine)


# What has come before the reader begins: two numbers are missing.
START = (Arrivals(1, 59), Arrivals(61, 96), Arrivals(98, 100))
LATE = (Arrivals(1, 20), Arrivals(22, 61), only(21))
STORIES = (
    Story(
        "A recorded packet is sent again",
        "The copy is perfect, so its ICV is right. Only the window can refuse it: first since it "
        "remembers the number, later since it is too far back.",
        64,
        (Arrivals(1, 100), only(97), Arrivals(101, 170), only(97)),
    ),
    Story(
        "A jump of 200 forgets everything",
        "All marks are wiped, and still nothing can be replayed: what was seen is too old now.",
        64,
        (Arrivals(1, 100), only(300), only(290), only(100)),
    ),
    Story(
        "A window of 32, and a packet overtaken by 40",
        "A good packet is thrown away, since it comes later than the window is wide.",
        32,
        LATE,
    ),
    Story(
        "The same with a window of 64",
        "Twice the memory, and the late packet is in time. A wider window lets no copy in.",
        64,
        LATE,
    ),
    Story(
        "A forged number far ahead",
        "The number looks new, so the ICV is checked, and that is wrong. Had the window moved, "
        "the next good packets would be too old.",
        64,
        (Arrivals(1, 100), only(5000, genuine=False), only(101)),
    ),
    Story(
        "The edges of the window",
        "The window holds 64 numbers, the highest included: 37 is in it, 36 is not.",
        64,
        (only(100), only(100), only(37), only(36), only(0), only(165)),
    ),
)


def receive(window: ReplayWindow, number: int, genuine: bool) -> tuple[ReplayWindow, str]:
    """The window after a packet has come, and what became of it (RFC 4303, 3.4.3).

    >>> receive(ReplayWindow(64).commit(100), 100, True)[1]
    'refused: 100 was received before'
    """
    if reason := window.check(number):
        return window, f"refused: {reason}"
    if not genuine:
        return window, f"dropped: {number} has a wrong ICV, and the window did not move"
    after = window.commit(number)
    if number < window.highest:
        return after, f"accepted: {number} is late, but in time"
    forgot = window.highest and number - window.highest >= window.size
    rest = "; all marks before it are forgotten" if forgot else ""
    return after, f"accepted: the window now ends at {number}{rest}"


def replay_window(*, anchor: str, caption: str, title: str | None = None, size: int = 64) -> Live:
    """The window to play with, in a notebook and on the page."""
    return shown(window(anchor=anchor, caption=caption, title=title, size=size))


def window(*, anchor: str, caption: str, title: str | None = None, size: int = 64) -> Instrument:
    """The window of `size` numbers, with stories to try."""
    if size not in SIZES:
        raise InputError("size", f"{quoted(size)} is not 32 or 64")
    data = {
        "size": size,
        "sizes": SIZES,
        "notice": "All packets up to 100 have come, but 60 and 97.",
        "start": [_sent(each) for each in START],
        "stories": [
            {"label": s.label, "notice": s.notice, "size": s.size,
             "arrivals": [_sent(each) for each in s.arrivals]}
            for s in STORIES
        ],
    }  # fmt: skip
    still = "".join(_still(story) for story in STORIES)
    text = "\n\n".join(
        "\n".join([story.label, story.notice, *(f"- {line}" for line in told(story))])
        for story in STORIES
    )
    return Instrument("window", anchor, title or TITLE, caption, data, still, text)


def _sent(arrivals: Arrivals) -> list[Any]:
    return [arrivals.first, arrivals.last, arrivals.genuine]


def told(story: Story) -> list[str]:
    """What arrives in a story and what becomes of it, a line each."""
    now, lines = ReplayWindow(story.size), []
    for arrivals in story.arrivals:
        answers = []
        for number in range(arrivals.first, arrivals.last + 1):
            now, answer = receive(now, number, arrivals.genuine)
            answers.append(answer)
        lines.append(in_words(arrivals, answers))
    return lines


def in_words(arrivals: Arrivals, answers: list[str]) -> str:
    """A line of the log; of many packets in a row the last one's answer stands for all."""
    forged = "" if arrivals.genuine else ", forged"
    if len(answers) == 1:
        return f"{arrivals.first}{forged}: {answers[0]}"
    passed = sum(answer.startswith("accepted") for answer in answers)
    return f"{arrivals.first} to {arrivals.last}{forged}: {passed} of {len(answers)} accepted"


def _still(story: Story) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in told(story))
    return (
        f'<div class="story"><p class="story-name">{escape(story.label)}</p>'
        f"<p>A window of {story.size}. {escape(story.notice)}</p><ol>{items}</ol></div>"
    )
