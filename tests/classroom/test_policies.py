"""A policy is read strictly, tells students its rules, and takes off what it says for lateness."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.classroom.desk import DAY, DUE, HOUR, MINUTE, TENTH_A_DAY, the_key
from vpnedu.classroom.grading.policies import Lateness, Policy, read_policy
from vpnedu.network.addresses import InputError
from vpnedu.quiz.reading import BankError

FULL = """
zone = "Europe/Zurich"
due = 2026-12-01T23:59:00
grace = "10 min"
cutoff = "2026-12-08 24:00"
attempts = 3
pick = "best"
times = ["lms", "zip"]
digits = 1

[late]
kind = "per-day"
share = "1/10"
floor = "1/2"

[extensions]
ada = "2026-12-03 23:59"
"""


def left(
    policy: str | Policy, late: int | None, learner: str = "bob.b", marked: bool = False
) -> tuple[Fraction, int]:
    policy = read_policy(policy) if isinstance(policy, str) else policy
    return policy.late(learner, None if late is None else DUE + late, marked)


def test_every_field_is_read() -> None:
    policy = read_policy(FULL)
    assert (str(policy.zone), policy.due, policy.grace) == ("Europe/Zurich", DUE, 600)
    assert policy.cutoff == DUE + 7 * DAY + MINUTE
    assert policy.lateness == Lateness("per-day", Fraction(1, 10), Fraction(1, 2))
    assert policy.extensions == (("ada", DUE + 2 * DAY),)
    assert (policy.attempts, policy.pick, policy.times) == (3, "best", ("lms", "zip"))
    assert policy.digits == 1


def test_an_empty_policy_takes_nothing_off() -> None:
    assert read_policy("") == Policy()
    assert left(Policy(), 10**9) == (1, 0)
    assert Policy().told() == ("You can hand in more than once: the latest counts.",)


def test_all_that_is_wrong_is_told_at_once_and_by_its_field() -> None:
    text = """
        zone = "Mars/Olympus"
        deu = 1
        due = 2026-12-01
        grace = "ten minutes"
        attempts = true
        pick = "worst"
        times = ["lms", "lms"]
        digits = 7
        [late]
        kind = "step"
        floor = "3/2"
        penalty = 1
        [extensions]
        ada = "soon"
    """
    with pytest.raises(BankError) as wrong:
        read_policy(text)
    fields = [line.split(": ")[:3] for line in wrong.value.problems]
    assert {file for file, *_ in fields} == {"policy.toml"}
    told = {
        ": ".join(rest if rest[0] in ("late", "extensions") else rest[:1]) for _, *rest in fields
    }
    assert told == {
        *("zone", "deu", "due", "grace", "attempts", "pick", "times", "digits"),
        *("late: floor", "late: penalty", "late: share", "extensions: ada"),
    }


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("due = ", "policy.toml"),
        ("late = 3", "late"),
        ("extensions = []", "extensions"),
        ('[late]\nshare = "1/10"', "late: share"),
        ('[late]\nkind = "none"\nfloor = "1/2"', "late: floor"),
        ('due = "2026-12-01 12:00"\ncutoff = "2026-12-01 11:00"', "cutoff"),
        ('due = "2026-12-01 12:00"\ngrace = "2 h"\ncutoff = "2026-12-01 13:00"', "cutoff"),
        ('due = "2026-12-01 12:00"\n[extensions]\nada = "2026-11-30 12:00"', "extensions: ada"),
        ('[extensions]\nbob.b = "2026-12-03 12:00"', 'in quotes, as in "bob.b" = "2026'),
        ('zone = "Europe/Zurich"\ndue = "2027-03-28 02:30"', "due"),
        (f"digits = {'9' * 5000}", "digits: a number is too long"),
        (f'pick = "{"9" * 500}"\ndigits = {"9" * 5000}', "digits"),
        (f'[late]\nkind = "step"\nshare = {"9" * 5000}', "share"),
        (f'[late]\nkind = "step"\nshare = "{"9" * 5000}"', "share"),
        ('[late]\nkind = "step"\nshare = 1e99999999999999999999', "share"),
        ('[late]\nkind = "step"\nshare = 0.' + "1" * 5000, "share"),
        (f"digits = {'[' * 100_000}", "nested too deep"),
    ],
)
def test_what_contradicts_itself_is_refused(text: str, field: str) -> None:
    with pytest.raises(BankError) as wrong:
        read_policy(text)
    assert len(wrong.value.problems) == 1
    assert field in wrong.value.problems[0]


def test_a_late_hand_in_loses_a_tenth_a_day() -> None:
    lates = (0, 1, DAY, DAY + 1, 3 * DAY, 30 * DAY)
    shares = [left(TENTH_A_DAY, late)[0] for late in lates]
    assert shares == [1, Fraction(9, 10), Fraction(9, 10), Fraction(8, 10), Fraction(7, 10), 0]


def test_a_step_is_lost_once() -> None:
    policy = read_policy(TENTH_A_DAY.replace("per-day", "step"))
    assert left(policy, 0) == (1, 0)
    assert left(policy, 1) == (Fraction(9, 10), 1)
    assert left(policy, 40 * DAY) == (Fraction(9, 10), 40 * DAY)


def test_lateness_that_costs_nothing_is_counted_nevertheless() -> None:
    assert left('due = "2026-12-01T22:59:00Z"', HOUR) == (1, HOUR)


def test_days_begin_at_the_end_of_grace() -> None:
    policy = read_policy(FULL)
    assert left(policy, 600) == (1, 0)
    assert left(policy, 601) == (Fraction(9, 10), 1)
    assert left(policy, 600 + DAY) == (Fraction(9, 10), DAY)
    assert left(policy, 600 + DAY + 1) == (Fraction(8, 10), DAY + 1)


def test_the_floor_holds_until_the_cutoff() -> None:
    policy = read_policy(FULL)
    assert left(policy, 7 * DAY) == (Fraction(1, 2), 7 * DAY - 600)
    assert left(policy, 7 * DAY + MINUTE)[0] == Fraction(1, 2)
    assert left(policy, 7 * DAY + MINUTE + 1)[0] == 0
    assert policy.closed("bob.b", DUE + 7 * DAY + MINUTE + 1)
    assert not policy.closed("bob.b", DUE + 7 * DAY + MINUTE)


def test_an_extension_moves_everything_for_that_learner_only() -> None:
    policy = read_policy(FULL)
    for late in (0, 600, 601, DAY + 601, 7 * DAY + MINUTE, 7 * DAY + MINUTE + 1):
        assert left(policy, late + 2 * DAY, "ada") == left(policy, late, "bob.b")
        moved = policy.closed("ada", DUE + late + 2 * DAY)
        assert moved == policy.closed("bob.b", DUE + late)


def test_a_cutoff_alone_closes() -> None:
    policy = read_policy('cutoff = "2026-12-01T22:59:00Z"')
    assert left(policy, 0) == (1, 0)
    assert left(policy, 5) == (0, 5)


@pytest.mark.parametrize("text", [FULL, TENTH_A_DAY, TENTH_A_DAY.replace("per-day", "step")])
def test_more_lateness_never_leaves_more(text: str) -> None:
    policy = read_policy(text)
    shares = [left(policy, late)[0] for late in range(-HOUR, 12 * DAY, 1801)]
    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) > 1


def test_an_unknown_time_counts_as_in_time_unless_the_platform_marked_it() -> None:
    policy = read_policy(FULL)
    assert left(policy, None) == (1, 0)
    assert left(policy, None, marked=True) == (Fraction(9, 10), 1)
    # A platform need not know of an extension.
    assert left(policy, None, "ada", marked=True) == (1, 0)


def test_a_known_time_is_believed_before_the_platforms_mark() -> None:
    assert left(FULL, 0, marked=True) == (1, 0)


def test_where_nothing_is_due_here_only_the_platform_knows_what_is_late() -> None:
    policy = replace(read_policy(TENTH_A_DAY), due=None)
    assert left(policy, 0, marked=True) == (Fraction(9, 10), 1)
    assert left(policy, 0) == (1, 0)


def test_days_are_counted_by_the_clocks_of_the_zone() -> None:
    text = (
        'zone = "America/New_York"\ndue = "2026-10-31 23:59"\n[late]\nkind="per-day"\nshare="10%"'
    )
    policy = read_policy(text)
    assert policy.due is not None
    # The clocks go back that night: Sunday, 23:59 comes after 25 hours.
    assert policy.late("ada", policy.due + 25 * HOUR, False)[0] == Fraction(9, 10)
    assert policy.late("ada", policy.due + 25 * HOUR + 1, False)[0] == Fraction(8, 10)


def test_students_are_told_every_rule_but_nobodys_extension() -> None:
    assert read_policy(FULL).told() == (
        "Hand in by Tuesday 1 December 2026, 23:59 (Europe/Zurich, UTC+1), or up to 10 min later.",
        "What comes later loses 10% of its points for every day that has begun, "
        "but keeps at least 50% of them.",
        "After Tuesday 8 December 2026, 24:00 (Europe/Zurich, UTC+1) nothing counts any more.",
        "If you were given more time, these dates move for you by as much.",
        "You can hand in up to 3 times: the one with the most right counts, "
        "and if it was late, that is taken off it then.",
    )
    once = read_policy('due = "2026-12-01 24:00"\nattempts = 1\n[late]\nkind="step"\nshare="1/3"')
    assert once.told() == (
        "Hand in by Tuesday 1 December 2026, 24:00 (UTC).",
        "What comes later loses 1/3 of its points.",
        "If you were given more time, these dates move for you by as much.",
        "You can hand in once.",
    )


def test_a_fingerprint_stands_for_the_rules_and_not_for_how_they_are_written() -> None:
    other = FULL.replace("2026-12-01T23:59:00", '"2026-12-01T22:59:00Z"').replace("1/10", "10%")
    assert read_policy(other).fingerprint == read_policy(FULL).fingerprint
    changes = {
        "Zurich": "Paris",
        "23:59:00": "23:58:00",
        "10 min": "11 min",
        "08 24:00": "09 24:00",
        "= 3": "= 2",
        "best": "first",
        '"lms", "zip"': '"zip", "lms"',
        "digits = 1": "digits = 2",
        "per-day": "step",
        "1/10": "1/9",
        "1/2": "1/3",
        "03 23:59": "04 23:59",
        "ada": "eve",
    }
    prints = {read_policy(FULL.replace(*change, 1)).fingerprint for change in changes.items()}
    assert len(prints | {read_policy(FULL).fingerprint}) == len(changes) + 1


def test_the_keys_due_date_holds_where_the_policy_has_none() -> None:
    key = replace(the_key(), due="2026-12-01T22:59:00Z")
    assert Policy().applied(key).due == DUE
    assert read_policy(TENTH_A_DAY.replace("12-01", "12-02")).applied(key).due == DUE + DAY
    early = read_policy('cutoff = "2026-12-01 12:00"')
    with pytest.raises(InputError, match="before the end of due and grace"):
        early.applied(key)


def test_an_extension_for_nobody_in_the_class_is_refused() -> None:
    policy = read_policy('[extensions]\nbobb = "2026-12-03 23:59"')
    with pytest.raises(InputError, match=r"no learner 'bobb'; nearest: bob\.b"):
        policy.applied(the_key())
