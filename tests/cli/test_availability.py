"""`vpnedu availability`: the arithmetic of FACTS 4 by hand, and the designs of the book."""

import pytest

from vpnedu.cli import groups, shown_years
from vpnedu.simulation.availability import availability, cut_sets, unavailability, weakest
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.designs.structure import RATES, structure_of
from vpnedu.studies.years import design_years

MINUTE, HOUR = 60.0, 3600.0
CHAIN = "series 99.9% 99.9% 99.95%"


@pytest.mark.parametrize(
    ("words", "shown", "seconds"),
    [
        ("series 99%", "99.000 %", 87.6 * HOUR),
        ("series 99.9%", "99.9000 %", 8.76 * HOUR),
        ("series 99.95%", "99.95000 %", 4.38 * HOUR),
        ("series 0.9999", "99.99000 %", 52.56 * MINUTE),
        ("series 0.99999", "99.999000 %", 5.256 * MINUTE),
        (CHAIN, "99.7502 %", 21.88 * HOUR),
        (f"parallel [ {CHAIN} ] [ {CHAIN} ]", "99.9993760 %", 3.28 * MINUTE),
        ("series zone=0.999 [ parallel 0.999 0.999 ]", "99.8999 %", 8.769 * HOUR),
        (
            "parallel [ series z1=0.999 0.999 ] [ series z2=0.999 0.999 ]",
            "99.9996004 %",
            126.0,
        ),
        ("parallel 0.999 0.999", "99.9999000 %", 0.526 * MINUTE),
        ("2-of 0.9 0.9 0.9", "97.200 %", 0.028 * 8760 * HOUR),
        ("series 12,15s 2,90s", "99.998858 %", 360.0),
        ("series 12,15s 2,180s", "99.998288 %", 540.0),
    ],
)
def test_the_facts_come_out(vpnedu, words: str, shown: str, seconds: float) -> None:
    [found] = vpnedu("availability", *words.split(), "--json").objects
    assert found["downtime"] == pytest.approx(seconds, rel=2e-3)
    assert shown in vpnedu("availability", *words.split()).out


@pytest.mark.parametrize(
    ("beta", "minutes"), [("0", 0.53), ("0.01", 5.8), ("0.05", 26.8), ("0.1", 53), ("0.2", 105)]
)
def test_a_common_cause_eats_the_nines(vpnedu, beta: str, minutes: float) -> None:
    done = vpnedu("availability", "parallel", "0.999", "0.999", "--beta", beta, "--json")
    assert done.objects[0]["downtime"] / MINUTE == pytest.approx(minutes, rel=0.01)


def test_a_shared_part_bounds_the_whole(vpnedu) -> None:
    chain = "series 99.9% isp=99.9% 99.95%"
    done = vpnedu("availability", *f"parallel [ {chain} ] [ {chain} ]".split(), "--json")
    [found] = done.objects
    assert 8.76 * HOUR < found["downtime"] < 8.8 * HOUR
    assert found["single_points"] == ["isp"]
    assert found["mend_first"][0]["name"] == "isp"


def test_brackets_need_no_spaces_around_them() -> None:
    apart = groups.read(["parallel", "[", "series", "0.9", "0.8", "]", "0.7"], 4.0)
    assert groups.read(["parallel [series 0.9 0.8]0.7"], 4.0) == apart


@pytest.mark.parametrize(
    ("text", "hours"),
    [("4", 4), ("4h", 4), ("90s", 0.025), ("30min", 0.5), ("2d", 48), (".5", 0.5)],
)
def test_a_time_has_a_unit(text: str, hours: float) -> None:
    assert groups.hours(text, "") == pytest.approx(hours)


def test_every_design_is_told_without_a_word(vpnedu) -> None:
    found = vpnedu("availability", "--json").objects
    assert [one["name"] for one in found] == list(DESIGNS)
    for one in found:
        structure = structure_of(DESIGNS[one["name"]])
        assert one["availability"] == availability(structure)
        assert one["downtime"] == pytest.approx(unavailability(structure) * 31_536_000)
        assert one["single_points"] == [part for cut in cut_sets(structure, 1) for part in cut]
        assert [s["name"] for s in one["mend_first"]] == [s.name for s in weakest(structure)]
        assert "by_chance" not in one


def test_rates_of_a_kind_replace_those_of_the_book(vpnedu) -> None:
    options = ("--rate", "provider=1,2h", "--rate", "region=0,1h")
    [found] = vpnedu("availability", "dual-redundancy", *options, "--json").objects
    rates = {**RATES, "provider": (1.0, 2.0), "region": (0.0, 1.0)}
    structure = structure_of(DESIGNS["dual-redundancy"], rates)
    assert found["availability"] == availability(structure)
    assert "region 1" not in found["single_points"]


def test_years_by_chance_stand_beside_the_exact_answer(vpnedu) -> None:
    command = ("availability", "two-devices", "--years", "300", "--seed", "5")
    [found] = vpnedu(*command, "--coverage", "0.9", "--json").objects
    years = design_years(DESIGNS["two-devices"], years=300, seed=5, coverage=0.9)
    assert found["by_chance"]["downtime"] == years.downtime
    assert found["by_chance"]["interval"] == list(years.interval)
    assert "by_year" not in found["by_chance"]
    out = vpnedu(*command).out
    assert "by chance, 300 years, with the time that each failover takes" in out
    assert "95 % sure" in out


def test_a_group_has_years_too(vpnedu) -> None:
    [found] = vpnedu("availability", *CHAIN.split(), "--years", "1000", "--json").objects
    low, high = found["by_chance"]["interval"]
    assert low <= found["downtime"] <= high


def test_of_one_service_all_that_helps_is_listed(vpnedu) -> None:
    out = vpnedu("availability", *CHAIN.split()).out
    saved = out[out.index("saved a year") :]
    assert saved.index("part 1") < saved.index("part 2") < saved.index("part 3")


@pytest.mark.parametrize(
    ("share", "down", "shown"),
    [
        (1.0, False, "100 %"),
        (0.9999999999999, True, "99.999999999990 %"),
        (0.5, True, "50.00 %"),
        (0.0, True, "0.00 %"),
    ],
)
def test_only_what_never_fails_is_100_percent(share: float, down: bool, shown: str) -> None:
    assert shown_years.percent(share, down) == shown


BAD = {
    "activ-standby": "scenario: there is no 'activ-standby'; nearest: active-standby",
    "series": "availability: series has no parts; write series 0.999 0.999",
    "parallel 1.5": "availability: 1.5 is not a number from 0 to 1",
    "parallel nan": "availability: 'nan' is no part; write 0.999, 99.9% or FAILURES,TIME",
    "parallel isp=x": "isp: 'x' is no part; write 0.999",
    "parallel 0": "hours_to_repair: part 1 would be down all the 8,760 h of a year",
    "parallel [ 0.9 ]": "availability: '0.9' begins no group; series, parallel or 2-of does",
    "parallel [": "availability: '' begins no group",
    "parallel [ series 0.9": "availability: a bracket [ is never closed",
    "parallel 0.9 ]": "availability: a bracket ] closes nothing",
    "3-of 0.9 0.9": "k: 3 is not a number from 1 to 2, its parts",
    "0-of 0.9 0.9": "k: 0 is not a number from 1 to 2, its parts",
    "parallel a=0.9 a=0.8": "name: 'a' stands for two parts that fail differently",
    "series =0.8": "name: '' is not a name",
    "series 12,15x": "part 1: '15x' is no length of time; write 4h or 15s",
    "series 12,": "part 1: '' is no length of time",
    "series 0.9 --repair soon": "--repair: 'soon' is no length of time",
    "series 0.9 --repair 0": "hours_to_repair: 0 h of repair cannot make it unavailable",
    "parallel 0.9 0.8 --beta 0.1": "parts: a common cause joins components that fail alike",
    "parallel 0.9 [ series 0.9 ] --beta 0.1": "--beta: is for a group of single parts",
    "parallel 0.9 0.9 --beta 2": "beta: 2.0 is not a number from 0 to 1",
    "parallel 0.9 0.9 --beta x": "--beta: 'x' is not a number",
    "zonal --beta 0.1": "--beta: is for a group",
    "zonal --rate devices=1,2h": "--rate: there is no kind 'devices'; nearest: device",
    "zonal --rate device=1": "--rate: '1' is no rate; write FAILURES,TIME, such as 4,2.5h",
    "zonal --rate device=9999,9999": "hours_to_repair: device 1 would be down all the 8,760 h",
    "zonal --years 0": "--years: '0' is not a whole number from 100 to 10,000,000",
    "zonal --years 99999999": "--years: '99999999' is not a whole number from 100 to 10,000,000",
    "zonal --years 100 --seed -1": "--seed: '-1' is not a whole number from 0 to",
    "zonal --years 100 --coverage 2": "--coverage: 2 is not a share from 0 to 1",
    "zonal --years 100 --coverage nan": "--coverage: nan is not a share from 0 to 1",
    "zonal --years 100 --profile azur": "--profile: there is no 'azur'; nearest: azure",
    "series" + " 0.9" * 201: "availability: more than 200 parts",
    "series [ " * 10_000: "availability: brackets are nested deeper than 20",
    "series " + "9" * 500: "availability: inf is not a number from 0 to 1",
    "series " + "9" * 500 + ",1h": "failures_per_year: inf is not a number from 0 to 1e+12",
}


@pytest.mark.parametrize(("words", "said"), BAD.items(), ids=[s[:60] for s in BAD.values()])
def test_what_is_wrong_is_one_line_that_names_the_rule(vpnedu, words: str, said: str) -> None:
    done = vpnedu("availability", *words.split())
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)
    assert done.err.count("\n") == 1
    assert len(done.err) < 500


def test_a_rate_for_a_group_is_refused_rather_than_passed_over(vpnedu) -> None:
    done = vpnedu("availability", *CHAIN.split(), "--rate", "device=1,2h")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert done.err.startswith("--rate: is for designs")
