"""An availability as time: so many hours of a year, and back."""

from typing import NamedTuple

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.surviving.shared import (
    OWNERS,
    Wrong,
    decimal,
    grouped,
    hints,
    number,
    within,
)
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question
from vpnedu.simulation.availability import downtime, in_words
from vpnedu.simulation.availability.structures import SECONDS_A_YEAR
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.effects import capital

SHARES = (97.5, 98.0, 98.5, 99.0, 99.3, 99.5, 99.7, 99.8, 99.9, 99.93, 99.95, 99.97, 99.99, 99.999)


class Period(NamedTuple):
    """A length of time by name, the unit in which its downtime is asked, and both in seconds."""

    name: str
    told: str
    unit: str
    seconds: float
    in_unit: float

    @property
    def whole(self) -> float:
        """The whole period in its unit."""
        return self.seconds / self.in_unit


YEAR = Period("a year", "365 days", "h", SECONDS_A_YEAR, 3600)
MONTH = Period("a month", "30 days", "min", 30 * 86400, 60)
WEEK = Period("a week", "7 days", "min", 7 * 86400, 60)
PERIODS = (YEAR, YEAR, MONTH, WEEK)
SUBJECTS = (
    "the gateway of {owner}",
    "the internet line of {owner}",
    "the tunnel between the two offices of {owner}",
    "the private circuit of {owner}",
)
THERE = (
    "Over the last years {what} has worked {share} % of the time. How much is that as downtime in "
    "{period} ({told}), on average?",
    "Somebody promises that {what} will be available for {share} % of the time. Say it as time: "
    "how long may it be down in {period} of {told}?",
    "A report says of {what}: “{share} % available.” The board would like to know how much "
    "downtime that is in {period} ({told}).",
)
BACK = (
    "{What} was down for {down} in {period} ({told}). What is its availability, in percent?",
    "{Owner} can bear {down} of downtime in {period} of {told}, and no more. What availability "
    "must be asked for, in percent?",
    "The log of {period} ({told}) has outages of {down} in all for {what}. What share of the "
    "time did it work, in percent?",
)


def make(chance: Chance) -> Question:
    return (_there if chance.below(3) else _back)(chance)


def _there(chance: Chance) -> Question:
    share, period = chance.pick(SHARES), chance.pick(PERIODS)
    what = chance.pick(SUBJECTS).format(owner=chance.pick(OWNERS))
    # The engine's downtime is that of a year.
    down = downtime(share / 100) * period.seconds / SECONDS_A_YEAR / period.in_unit
    near, unit = within(down, 0.025), period.unit
    text = chance.pick(THERE).format(
        what=what, share=decimal(share, 3), period=period.name, told=period.told
    )
    return _question(
        f"{text} Answer in {WORDS[unit]}; within {near} {unit} is right.",
        number(down, 3, near, unit, _wrong_there(share, down, period)),
        f"Down for {decimal(100 - share, 3)} % of the time, a share of "
        f"{decimal(1 - share / 100, 6)}. {_has(period)}, which makes {grouped(down, 3)} {unit}"
        f"{_or_in_words(down, period)}.",
    )


def _or_in_words(down: float, period: Period) -> str:
    """The downtime in other units, where they say it more plainly."""
    said = in_words(down * period.in_unit)
    plain = said.endswith(f" {period.unit}") and said.count(" ") == 1
    return "" if plain else f", or {said}"


def _has(period: Period) -> str:
    return f"{capital(period.name)} has {grouped(period.whole, 0)} {period.unit}"


def _wrong_there(share: float, down: float, period: Period) -> list[Wrong]:
    rest = decimal(100 - share, 3)
    places = f"check the decimal places of the share that is down, {rest} %."
    subtracted = f"100 % − {decimal(share, 3)} % is {rest} %."
    up = "That is how long it works. Asked for is how long it doesn't."
    return [
        ("a-nine-short", down * 10, f"Ten times too long: {places}"),
        ("a-nine-more", down / 10, f"Ten times too short: {subtracted}"),
        *_other_periods(down, period),
        ("up-instead", period.whole - down, up),
    ]


WORDS = {"h": "hours", "min": "minutes"}


def _other_periods(down: float, period: Period) -> list[Wrong]:
    """What comes out if another length is taken for the period, or hours for minutes."""
    wrong = [
        (
            f"of-{other.name.removeprefix('a ')}",
            down * other.seconds / period.seconds,
            f"That is the downtime of {other.name}, not of {period.name}.",
        )
        for other in (YEAR, MONTH, WEEK)
        if other is not period
    ]
    factor, other_unit = (60.0, "minutes") if period.unit == "h" else (1 / 60, "hours")
    wrong.append(("other-unit", down * factor, f"That is the number of {other_unit}."))
    workdays = "That counts 8 h a day. A connection is down at night, too."
    wrong.append(("working-hours", down / 3, workdays))
    return wrong


def _back(chance: Chance) -> Question:
    period, owner = chance.pick(PERIODS), chance.pick(OWNERS)
    lengths = (2, 4, 5, 9, 18, 30, 44, 90) if period is YEAR else (2, 5, 10, 20, 45, 90, 150, 400)
    count = chance.pick(lengths)
    what = chance.pick(SUBJECTS).format(owner=owner)
    text = chance.pick(BACK).format(
        What=capital(what),
        what=what,
        Owner=capital(owner),
        down=f"{count} {WORDS[period.unit]}",
        period=period.name,
        told=period.told,
    )
    rest = 100 * count / period.whole
    near = within(rest, 0.04)
    return _question(
        f"{text} Within {near} % is right.",
        number(100 - rest, 5, near, "%", _wrong_back(rest, period)),
        f"{_has(period)}. {count} of them are {decimal(rest, 4)} %, which leaves "
        f"{decimal(100 - rest, 4)} %.",
    )


def _wrong_back(rest: float, period: Period) -> list[Wrong]:
    short = "That divides by 8 h a day; the time is measured around the clock."
    return [
        ("a-nine-short", 100 - 10 * rest, "Ten times too much downtime: check the decimal point."),
        ("a-nine-more", 100 - rest / 10, "Ten times too little downtime: check the decimal point."),
        ("working-hours", 100 - 3 * rest, short),
        ("down-instead", rest, "That is the share of time that it is down; take it from 100 %."),
        *(
            (
                f"of-{other.name.removeprefix('a ')}",
                100 - rest * period.seconds / other.seconds,
                f"That takes the time as part of {other.name}, not of {period.name}.",
            )
            for other in (YEAR, MONTH, WEEK)
            if other is not period
        ),
    ]


def _question(text: str, answer: Number, explain: str) -> Question:
    return Question(
        "",
        "numeric",
        text,
        answer,
        explain,
        "Designing for availability: What availability means",
        "turn an availability into time, and time into an availability",
        1,
        hints(
            "What matters is the share of time that it is *down*: 100 % less the availability.",
            "365 days have 8,760 h; 30 days have 43,200 min; 7 days have 10,080 min.",
        ),
    )


DOWNTIME_A_YEAR = Generator(
    "downtime-a-year",
    "Turn an availability into time, and back",
    "availability",
    "designing-for-availability",
    "what-availability-means",
    make,
)
