"""The profiles' facts: the engine has what the file says, and every value has a reason."""

import re
import tomllib
from datetime import date

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.simulation.profile_data import PROFILES
from vpnedu.simulation.profiles import TIMERS
from vpnedu.site import profiles as reader
from vpnedu.site.profiles import module, profile_table, read

FILE = tomllib.loads(reader.FACTS.read_text(encoding="utf-8"))
RECORDS = [
    (name, timer, record)
    for name, values in FILE["profiles"].items()
    for timer, record in values.items()
    if timer not in ("title", "like")
]


def test_the_engines_module_is_what_the_file_gives() -> None:
    assert module() == reader.DATA.read_text(encoding="utf-8"), "run `make facts`"


def test_every_value_of_the_file_is_in_the_engine() -> None:
    assert list(PROFILES) == list(FILE["profiles"])
    for name, timer, record in RECORDS:
        told = record["value"]
        assert PROFILES[name][1][timer] == (tuple(told) if isinstance(told, list) else told)


def test_a_profile_that_is_like_another_has_the_other_values_from_it() -> None:
    older, azure = PROFILES["azure-older"][1], PROFILES["azure"][1]
    own = {"standby-start", "address-move"}
    assert {timer for timer in TIMERS if older[timer] != azure[timer]} == own
    assert own | {"title", "like"} == set(FILE["profiles"]["azure-older"])


@pytest.mark.parametrize(("name", "timer", "record"), RECORDS)
def test_every_value_has_a_source_or_says_why_it_was_assumed(name, timer, record) -> None:
    assert timer in TIMERS, name
    assert set(record) <= {"value", "assumed", "sources"}
    assert record.get("sources") or record.get("assumed", "").strip()
    assert set(record.get("sources", ())) <= set(FILE["sources"])


def test_every_source_has_title_and_date_and_is_used() -> None:
    used = {key for _, _, record in RECORDS for key in record.get("sources", ())}
    assert used == set(FILE["sources"])
    for source in FILE["sources"].values():
        assert set(source) == {"title", "date"}
        assert source["title"]
        assert isinstance(source["date"], date) or source["date"].strip()
    assert isinstance(FILE["read"], date)


def test_a_profile_without_a_timer_is_refused(tmp_path, monkeypatch) -> None:
    lines = reader.FACTS.read_text(encoding="utf-8").splitlines()
    cut = tmp_path / "profiles.toml"
    kept = [line for line in lines if not line.startswith("lan-hello")]
    cut.write_text("\n".join(kept), encoding="utf-8")
    monkeypatch.setattr(reader, "FACTS", cut)
    with pytest.raises(InputError, match="azure: has no lan-hello"):
        read()


def test_the_check_tells_when_the_module_is_not_what_the_file_gives(
    tmp_path, monkeypatch, capsys
) -> None:
    old = tmp_path / "profile_data.py"
    old.write_text("", encoding="utf-8")
    monkeypatch.setattr(reader, "DATA", old)
    monkeypatch.setattr("sys.argv", ["profiles", "--check"])
    assert reader.main() == 1
    assert "make facts" in capsys.readouterr().err
    monkeypatch.setattr("sys.argv", ["profiles"])
    assert reader.main() == 0
    assert old.read_text(encoding="utf-8") == module()


def test_the_table_shows_each_timer_of_each_profile_with_its_sources() -> None:
    table = profile_table("azure", "strongswan")
    assert table.columns == ("Timer", "azure", "strongswan", "Source")
    assert [row[0].partition(":")[0] for row in table.rows] == list(TIMERS)
    rows = {row[0].partition(":")[0]: row[1:] for row in table.rows}
    assert rows["standby-start"][:2] == ("30 to 135", "0")
    assert rows["retransmit-base"][:2] == ("1", "1.8")
    assert rows["bfd"][:2] == ("no", "no")
    assert all(row[-1] for row in table.rows)
    for row in table.rows:
        for place in re.findall(r"\d+", row[-1]):
            assert 1 <= int(place) <= len(table.sources)


def test_the_table_tells_whose_value_is_assumed_and_the_date_of_each_source() -> None:
    table = profile_table("azure", "rfc", "strongswan").dated()
    rows = {row[0].partition(":")[0]: row[-2:] for row in table.rows}
    assert rows["lan-hello"] == ("1", "March 2010")
    assert rows["child-rekey"][0].endswith("assumed for rfc")
    assert rows["bfd"][0].endswith("assumed for rfc and strongswan")
    assert rows["redial"] == ("assumed", "no date")
