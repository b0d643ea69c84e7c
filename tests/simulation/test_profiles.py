"""Profiles: every timer has a value that its rule allows; what may be written, what is told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.simulation.profile_data import PROFILES
from vpnedu.simulation.profiles import TIMERS, Profile, Timer, parse_value, profile

AZURE = profile("azure")


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_has_every_timer_and_each_value_is_allowed(name) -> None:
    made = profile(name)
    assert list(made.values) == list(TIMERS)
    for timer, value in made.values.items():
        assert parse_value(timer, value) == value, timer


@pytest.mark.parametrize("name", PROFILES)
def test_each_value_has_the_shape_of_its_timer(name) -> None:
    made = profile(name)
    for name, timer in TIMERS.items():
        if timer.shape == "span":
            low, high = made.span(name)
            assert 0 <= low <= high
        elif timer.shape == "yes or no":
            assert made.values[name] is made.says(name)
        elif timer.shape == "count":
            assert made.count(name) == made.seconds(name)
        else:
            assert made.seconds(name) >= 0


@pytest.mark.parametrize("timer", TIMERS.values(), ids=TIMERS)
def test_a_timer_says_in_words_what_it_is(timer: Timer) -> None:
    assert timer.words == timer.words.strip() != ""
    assert not timer.words.endswith(".")
    assert timer.least <= timer.most


@pytest.mark.parametrize(
    ("timer", "given", "value"),
    [
        ("hold-time", "30", 30.0),
        ("hold-time", " 30s ", 30.0),
        ("hold-time", 0, 0.0),
        ("hold-time", 3, 3.0),
        ("hold-time", 65535, 65535.0),
        ("liveness-delay", "0", 0.0),
        ("liveness-delay", 1, 1.0),
        ("retransmit-base", "1.4", 1.4),
        ("retransmit-tries", "0", 0.0),
        ("probe-misses", "3.0", 3.0),
        ("bfd", "on", True),
        ("bfd", " Yes ", True),
        ("bfd", False, False),
        ("gateway-negotiates", "no", False),
        ("standby-start", "20", (20.0, 20.0)),
        ("standby-start", "10-14.5", (10.0, 14.5)),
        ("standby-start", "10s-14.5s", (10.0, 14.5)),
        ("standby-start", (0, 5), (0.0, 5.0)),
        ("standby-start", [7, 7], (7.0, 7.0)),
    ],
)
def test_a_value_may_be_written_as_people_write_it(timer, given, value) -> None:
    parsed = parse_value(timer, given)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("timer", "given", "rule"),
    [
        ("hold-time", 1, "a hold time is 0 or at least 3 s, and at most 65,535 (RFC 4271, 4.2)"),
        ("hold-time", "2.9", "RFC 4271, 4.2"),
        ("hold-time", 65536, "65,535"),
        ("gateway-hold-time", "1", "RFC 4271, 4.2"),
        ("circuit-hold-time", "1", "RFC 4271, 4.2"),
        ("keepalive", "0.5", "RFC 4271, 4.4"),
        ("liveness-delay", "0.5", "RFC 7296, 2.4"),
        ("hold-time", -5, "-5 is not allowed"),
        ("hold-time", "nan", "nan is not allowed"),
        ("hold-time", "inf", "inf is not allowed"),
        ("hold-time", "soon", "'soon' is not a number of seconds"),
        ("hold-time", "", "is not a number of seconds"),
        ("hold-time", None, "is not a number of seconds"),
        ("hold-time", (3, 4), "is not a number of seconds"),
        ("retransmit-base", "0.5", "from 1 to 10"),
        ("retransmit-tries", "2.5", "2.5 is not a whole number"),
        ("retransmit-tries", "31", "from 0 to 30"),
        ("probe-misses", 0, "from 1 to"),
        ("bfd-multiplier", 256, "from 1 to 255"),
        ("bfd-interval", 0, "from 0.01 to 60"),
        ("packet-interval", 0, "from 0.001 to 3600"),
        ("bfd", "maybe", "'maybe' is neither yes nor no"),
        ("bfd", 1, "neither yes nor no"),
        ("standby-start", "14-10", "'14-10' is no span; write 20, or 10-14.5"),
        ("standby-start", "1-2-3", "is no span"),
        ("standby-start", "-5", "is not a number of seconds"),
        ("standby-start", "", "is not a number of seconds"),
        ("standby-start", "5-inf", "inf is not allowed"),
    ],
)
def test_a_value_that_is_not_allowed_is_told_the_timer_and_the_rule(timer, given, rule) -> None:
    with pytest.raises(InputError) as told:
        AZURE.setting({timer: given})
    assert told.value.field == timer
    assert rule in told.value.rule


@pytest.mark.parametrize(
    ("written", "nearest"),
    [("hold_time", "hold-time"), ("liveness", "liveness-delay"), ("BFD", "bfd"), ("", "standby")],
)
def test_an_unknown_timer_is_told_the_nearest_names(written, nearest) -> None:
    with pytest.raises(InputError) as told:
        AZURE.setting({written: 1})
    assert told.value.field == "set"
    assert nearest in told.value.rule


@pytest.mark.parametrize(
    ("written", "nearest"), [("azur", "azure"), ("strong-swan", "strongswan"), ("zzz", "rfc")]
)
def test_an_unknown_profile_is_told_the_nearest_names(written, nearest) -> None:
    with pytest.raises(InputError) as told:
        profile(written)
    assert told.value.field == "profile"
    assert nearest in told.value.rule


def test_other_settings_leave_the_profile_as_it_was() -> None:
    before = dict(AZURE.values)
    changed = AZURE.setting({"hold-time": "30", "bfd": "on"})
    assert changed == replace(AZURE, values={**AZURE.values, "hold-time": 30.0, "bfd": True})
    assert dict(AZURE.values) == before
    assert {t for t in TIMERS if changed.values[t] != before[t]} == {"hold-time", "bfd"}
    assert isinstance(changed, Profile)


@given(st.sampled_from(sorted(TIMERS)), st.text(max_size=12) | st.floats() | st.booleans())
def test_whatever_is_given_becomes_an_allowed_value_or_an_error_that_names_the_timer(
    name, given
) -> None:
    try:
        value = parse_value(name, given)
    except InputError as error:
        told = error
    else:
        told = None
        assert parse_value(name, value) == value
    assert told is None or (told.field == name and told.rule)
