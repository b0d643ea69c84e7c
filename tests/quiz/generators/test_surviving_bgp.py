"""The questions about BGP, each answered a second time from what a reader sees."""

import re
from ipaddress import IPv4Address
from itertools import count

import pytest

from tests.quiz.generators.cells import cells, numbers
from tests.quiz.generators.laws import check
from vpnedu.quiz.question import Question
from vpnedu.simulation.events import Changed


def path_by_reading(question: Question) -> str:
    """RFC 4271, 9.1.2.2, as a list of paths that shrinks."""
    own = re.search(r"AS (\d+)", question.text).group(1)
    left = [row for row in cells(question) if own not in row["AS path"].split()]

    def keep(worth):
        least = min(map(worth, left))
        return [row for row in left if worth(row) == least]

    left = keep(lambda row: -int(row.get("local preference", 0)))
    left = keep(lambda row: len(row["AS path"].split()))
    left = keep(lambda row: ("IGP", "EGP", "INCOMPLETE").index(row.get("origin", "IGP")))
    best_med = {}
    for row in left:
        first, med = row["AS path"].split()[0], int(row.get("MED", 0))
        best_med[first] = min(best_med.get(first, med), med)
    left = [r for r in left if int(r.get("MED", 0)) == best_med[r["AS path"].split()[0]]]
    left = keep(lambda row: row.get("peer", "external") == "internal")
    left = keep(lambda row: int(row.get("IGP cost", 0)))
    (row,) = keep(lambda row: int(IPv4Address(row["BGP identifier"])))
    return row["over"].replace(" ", "-").lower()


TIMES = ("not at all", "once", "twice", "three times", "four times", "five times", "six times")


def prepending_by_reading(question: Question) -> str:
    rows = cells(question)

    def rank(row, times):
        length = len(row["AS path before"].split()) + times
        return -int(row["local preference"]), length, int(IPv4Address(row["BGP identifier"]))

    if question.kind == "single":
        row = min(rows, key=lambda row: rank(row, TIMES.index(row["prepends its AS"])))
        return row["announced by"].replace(" ", "-")
    first, other = sorted(rows, key=lambda row: rank(row, 0))
    return str(next(n for n in count() if rank(first, n) > rank(other, 0)))


def hold_by_reading(question: Question) -> str:
    rows = {row["end"]: row for row in cells(question)}
    listener = re.search(r"(?:does|until) (device 1|instance 1) give", question.text).group(1)
    (silent,) = set(rows) - {listener}
    holds = {end: numbers(row["hold time"])[0] for end, row in rows.items()}
    fixed = "timers are fixed" in question.text
    hold = {end: min(holds.values()) for end in rows}
    if fixed:
        hold["instance 1"] = holds["instance 1"]
    if "reached" in question.text:
        last = numbers(re.search(r"at second ([\d.]+)", question.text).group(1))[0]
        return str(float(last + hold[listener]))
    spared = min(numbers(rows[silent]["keepalive"])[0], hold[silent] / 3)
    return str(float(hold[listener] - (spared if "at the least" in question.text else 0)))


def test_who_is_best_is_found_by_striking_out():
    check("bgp-path", second_way=path_by_reading)


def test_prepending_is_counted_by_hand():
    check("bgp-prepend", second_way=prepending_by_reading)


def test_hold_times_are_reckoned_from_the_table():
    check("hold-time", range(1000), hold_by_reading)


def test_a_silent_peer_is_given_up_in_the_time_that_was_asked_for():
    for question in check("hold-time", range(60)):
        trace, answer = question.trace, float(question.answer.value)
        end = re.search(r"(?:does|until) (device 1|instance 1) give", question.text).group(1)
        down = next(
            event.at
            for event in trace.events
            if isinstance(event, Changed)
            and (event.node, event.aspect) == ("session 1", f"at {end}")
            and event.after == "down"
            and event.at > trace.faults[0].at
        )
        if "reached" in question.text:
            assert down == pytest.approx(answer, abs=0.06)
        elif "at the most" in question.text:
            assert down - trace.faults[0].at <= answer + 0.03
        else:
            assert down - trace.faults[0].at >= answer - 0.03
