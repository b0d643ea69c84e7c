"""A bad file is one clear line that names it, and exit code 2; none is too large or too deep."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vpnedu.cli import tables

JSON = {
    "{": "line 1, column 2: broken JSON: Expecting property name enclosed in double quotes",
    '{"packets": [\n  {,': "line 2, column 4: broken JSON: Expecting property name",
    "5": "5 stands where a table (an object) belongs",
    '"' + "x" * 100_000 + '"': "'xxxxxxxx",
    "null": "null stands where a table (an object) belongs",
    '{"destinations": null}': "destinations: null stands where a list belongs",
    '{"destinations": [null]}': "destinations[0]: null is no value; leave the key out",
    '{"packets": [{"source": "10.0.0.1", "destination": null}]}': (
        "packets[0].destination: null is no value; leave the key out"
    ),
    '{"packets": [{"source": "10.0.0.1", "source": "10.0.0.2", "destination": "10.0.0.3"}]}': (
        "packets[0].source: this key is written twice"
    ),
    '{"packets": [], "packets": []}': "packets: this key is written twice",
    '{"routes": [{"prefix": "::/0", "via": "a", "metric": NaN}]}': (
        "routes[0].metric: nan is not a whole number of 0 or more"
    ),
    '{"routes": [{"prefix": "::/0", "via": "a", "metric": 1e999}]}': (
        "routes[0].metric: inf is not a whole number of 0 or more"
    ),
    '{"routes": [{"prefix": "::/0", "via": "a", "metric": -' + "9" * 5000 + "}]}": (
        "routes[0].metric: the number has too many digits"
    ),
    '{"routes": [{"prefix": "::/0", "via": "a", "metric": ' + "9" * 5000 + "}]}": (
        "routes[0].metric: the number has too many digits"
    ),
    '{"destinations": ' + "9" * 5000 + "}": "destinations: a very long number stands where a list",
    "[" * 100_000: "lists or objects are nested too deep",
    '{"a":' * 100_000: "lists or objects are nested too deep",
    r'{"destinations": ["\u001b[31m\n\u202e\ud800"]}': (
        r"destinations[0]: '\x1b[31m\n\u202e\ud800' is not an IPv4 or IPv6 address"
    ),
    '{"destinations": ["' + "1" * 100_000 + '"]}': "destinations[0]: '1111111",
    '{"' + "k" * 100_000 + '": 1}': "'kkkkkkkk",
}


@pytest.mark.parametrize(("text", "said"), JSON.items(), ids=[s[:70] for s in JSON.values()])
def test_broken_json_and_what_json_alone_can_say(
    vpnedu, refused, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "tables.json"
    path.write_text(text, encoding="utf-8")
    refused(vpnedu("lookup", path, "--json"), path, said)


# Names and values that mean something, so that a random file gets past the first checks.
WORDS = st.sampled_from(["10.0.0.0/8", "10.0.0.1", "::1", "::/0", "any", "tcp", "443", "default"])
VALUES = WORDS | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(st.text(max_size=3), deeper),
    max_leaves=6,
)
HOP = ("dst", "type", "dev", "gateway", "via", "metric", "pref", "flags", "table", "from", "weight")


def entries(keys: tuple[str, ...]) -> st.SearchStrategy[object]:
    return st.lists(VALUES | st.dictionaries(st.sampled_from(keys), VALUES, max_size=6), max_size=3)


OURS = st.fixed_dictionaries(
    {"destinations": entries(("x",)), "packets": entries(tables.PACKET)},
    optional={"policies": entries(tables.POLICY), "routes": entries(tables.ROUTE), "x": VALUES},
)
LINUX = st.lists(
    st.dictionaries(st.sampled_from([*HOP, "nexthops"]), VALUES | entries(HOP), min_size=1),
    max_size=3,
)


@given(VALUES | OURS | LINUX, st.sampled_from([[], ["--routes"]]))
@settings(max_examples=250, deadline=None)
def test_whatever_json_holds_is_an_answer_or_one_line(vpnedu, data, option) -> None:
    stdin = json.dumps(data).encode()
    done = vpnedu("lookup", "10.0.0.1", *option, "-", "--json", stdin=stdin)
    assert done.code in (0, 2)
    if done.code == 2:
        assert done.err.startswith("standard input: ")
        assert done.err.count("\n") == 1


def test_a_rule_stays_readable_beside_a_huge_value(vpnedu, tmp_path: Path) -> None:
    path = tmp_path / "tables.json"
    path.write_text(json.dumps({"destinations": ["1" * 1_000_000]}))
    said = vpnedu("lookup", path).err
    assert said.endswith("1…' is not an IPv4 or IPv6 address\n")
    assert len(said) < 400


def test_what_is_not_utf_8_is_named_by_its_byte(vpnedu, refused, tmp_path: Path) -> None:
    path = tmp_path / "tables.toml"
    path.write_bytes(b"# caf\xe9\n")
    refused(vpnedu("lookup", path), path, "byte 5 is not UTF-8; save the file as UTF-8 text")
    path.write_bytes('default = "discard"'.encode("utf-16"))
    refused(vpnedu("lookup", path), path, "byte 0 is not UTF-8")


def test_a_missing_file_and_a_directory_are_named(vpnedu, refused, tmp_path: Path) -> None:
    refused(
        vpnedu("lookup", tmp_path / "no.toml"), tmp_path / "no.toml", "No such file or directory"
    )
    refused(vpnedu("lookup", tmp_path), tmp_path, "Is a directory")
    routes = vpnedu("lookup", "--routes", tmp_path / "no.json", "10.0.0.1")
    refused(routes, tmp_path / "no.json", "No such file or directory")


def test_a_file_name_is_shown_without_its_control_characters(vpnedu) -> None:
    done = vpnedu("lookup", "a\x1b[31m\nb.toml")
    assert done.err == "a\\x1b[31m\\nb.toml: No such file or directory\n"


@pytest.mark.parametrize("option", [[], ["--routes"]])
def test_a_50_mb_file_is_refused_unread(vpnedu, refused, tmp_path: Path, option: list[str]) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    done = vpnedu("lookup", *option, path)
    # Only its size tells so exactly: reading stops at 32 MB.
    refused(done, path, "50.0 MB; the largest file that is read has 32 MB")


def test_an_endless_pipe_is_refused_too(vpnedu) -> None:
    done = vpnedu("lookup", "/dev/zero")
    assert done.err == "/dev/zero: more than 32 MB; the largest file that is read has 32 MB\n"


def test_endless_standard_input_is_refused_too() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vpnedu", "lookup", "-"],
        cwd=Path(__file__).parents[2], input=b" " * 32_000_001, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "standard input: more than 32 MB; the largest file that is read has 32 MB\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "lookup: no FILE to look in; type: vpnedu lookup FILE [10.2.0.1]\n"),
        (["10.9.0.1"], "lookup: no FILE to look in; type: vpnedu lookup FILE 10.9.0.1\n"),
        (
            ["a.toml", "10.0.0.300"],
            "lookup: '10.0.0.300' is not an address, and 'a.toml' is already the FILE\n",
        ),
        (["-", "--routes", "-"], "lookup: standard input can be FILE or the --routes file, not bo"),
    ],
)
def test_a_command_that_asks_nothing_says_what_to_type(vpnedu, arguments, said) -> None:
    done = vpnedu("lookup", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)


def test_a_routes_file_of_ours_without_routes_is_an_error(vpnedu, refused, tables) -> None:
    path = tables('destinations = ["10.0.0.1"]')
    refused(
        vpnedu("lookup", "--routes", path), path, "routes: missing; --routes is for a file with"
    )


def test_100_000_routes_can_be_looked_up(vpnedu, tmp_path: Path) -> None:
    routes = [
        {"prefix": f"10.{i >> 8 & 255}.{i & 255}.{i >> 16 << 7}/25", "via": f"t{i}"}
        for i in range(100_000)
    ]
    path = tmp_path / "many.json"
    path.write_text(json.dumps({"routes": routes, "destinations": ["10.3.3.3"] * 100}))
    found = vpnedu("lookup", path, "--json").objects
    assert {one["via"] for one in found} == {"t771"}
