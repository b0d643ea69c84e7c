"""The questions about availability, each reckoned a second time in exact fractions."""

import re
from fractions import Fraction

import pytest

from tests.quiz.generators.cells import asked, cells, numbers
from tests.quiz.generators.laws import check
from vpnedu.quiz.question import Question


def product_of(shares):
    whole = Fraction(1)
    for share in shares:
        whole *= share
    return whole


def chain_by_reading(question: Question) -> str:
    whole = product_of(numbers(row["works"])[0] / 100 for row in cells(question))
    hours = "hours" in asked(question)
    return str(float((1 - whole) * 8760 if hours else whole * 100))


def pair_by_reading(question: Question) -> str:
    """The structure from the words, the shares from the percentages."""
    text = question.text
    shares = [Fraction(n) / 100 for n in re.findall(r"([\d.]+) %", text)]
    if "instances" in text:
        a, shared = shares
        up = (a**3 + 3 * a**2 * (1 - a)) * shared
    elif "Each runs at" in text:
        _, a, shared = shares
        up = a * a * shared
    elif "devices" in text:
        a, shared = shares
        up = (1 - (1 - a) ** 2) * shared
    else:
        a, b, shared = shares
        up = (1 - (1 - a) * (1 - b)) * shared
    return str(float((1 - up) * 8760))


PERIODS = {"a year": 365 * 24, "a month": 30 * 24, "a week": 7 * 24}


def downtime_by_reading(question: Question) -> str:
    hours = next(hours for period, hours in PERIODS.items() if period in question.text)
    hours = Fraction(hours)
    if "in percent" in question.text:
        down, unit = re.search(r"([\d.]+) (hours|minutes)", question.text).groups()
        down = Fraction(down) / (60 if unit == "minutes" else 1)
        return str(float(100 * (1 - down / hours)))
    share = Fraction(re.search(r"([\d.]+) %", question.text).group(1)) / 100
    down = (1 - share) * hours
    return str(float(down * 60 if "Answer in minutes" in question.text else down))


def weakest_by_reading(question: Question) -> str:
    """The chain reckoned anew with one more of each part, in exact fractions."""
    rows = cells(question)

    def chain(doubled):
        shares = []
        for row in rows:
            rate, hours = (numbers(cell)[0] for cell in list(row.values())[2:])
            copies = int(row["how many"]) + (row is doubled)
            shares.append(1 - (rate * hours / 8760) ** copies)
        return product_of(shares)

    return max(rows, key=chain)["part"].replace(" ", "-").lower()


def common_by_reading(question: Question) -> str:
    text = question.text
    share = Fraction(re.search(r"works ([\d.]+) %", text).group(1)) / 100
    down = 1 - share
    if found := re.search(r"of one, (\d+) % hit both", text):
        beta = Fraction(found.group(1)) / 100
        # Down unless neither the common cause nor both others strike.
        off = 1 - (1 - beta * down) * (1 - ((1 - beta) * down) ** 2)
    else:
        hours = Fraction(re.search(r"for (\d+) h each", text).group(1))
        years = re.search(r"once in (\d+) years", text)
        shared = hours / 8760 / (Fraction(years.group(1)) if years else 1)
        off = 1 - (1 - shared) * (1 - down**2)
    return str(float(off * 8760 * 60))


@pytest.mark.parametrize(
    ("name", "second_way"),
    [
        ("availability-chain", chain_by_reading),
        ("availability-pair", pair_by_reading),
        ("downtime-a-year", downtime_by_reading),
        ("weakest-link", weakest_by_reading),
        ("common-cause", common_by_reading),
    ],
)
def test_availabilities_are_reckoned_anew_in_fractions(name, second_way):
    check(name, second_way=second_way)


def test_the_exact_availability_is_close_to_the_key():
    """Tolerance hides nothing: the key itself is right to a tenth of it."""
    for name, way in (
        ("availability-chain", chain_by_reading),
        ("common-cause", common_by_reading),
    ):
        for question in check(name, range(50)):
            off = abs(float(question.answer.value) - float(way(question)))
            assert off <= max(float(question.answer.tolerance) / 10, 0.06)
