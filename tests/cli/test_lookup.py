"""`vpnedu lookup`: the reader's own tables, as JSON and as a person sees them."""

import json
import tomllib
from pathlib import Path

import pytest

TABLES = """
destinations = ["10.2.9.7", "10.200.0.1", "2001:db8::1"]

[[policies]]
local = "10.1.0.0/16"
remote = "10.3.0.0/16"
tunnel = "east"
[[policies]]
local = ["10.1.0.0/16", "10.4.0.0-10.4.0.9"]
remote = "10.2.0.0/16"
protocol = "tcp"
remote_ports = ["443", "1000-2000", 8080]
tunnel = "west"
[[policies]]
local = "10.1.0.4"
remote = "0.0.0.0/0"
action = "bypass"

[[packets]]
source = "10.1.0.4"
destination = "10.2.9.7"
source_port = 40000
destination_port = "443"
[[packets]]
source = "10.9.0.4"
destination = "10.2.9.7"
protocol = "icmp"

[[routes]]
prefix = "10.0.0.0/8"
blackhole = true
[[routes]]
prefix = "10.2.0.0/16"
via = "tunnel a"
[[routes]]
prefix = "10.2.0.0/16"
via = "tunnel b"
[[routes]]
prefix = "10.2.0.0/16"
via = "tunnel c"
metric = 5
"""


def test_json_is_one_object_a_line_packets_first_then_destinations(vpnedu, tables) -> None:
    assert vpnedu("lookup", tables(TABLES), "--json").objects == [
        {
            "kind": "policy",
            "packet": {
                "source": "10.1.0.4",
                "destination": "10.2.9.7",
                "protocol": "tcp",
                "source_port": 40000,
                "destination_port": 443,
            },
            "winner": 1,
            "action": "protect",
            "tunnel": "west",
            "rows": [
                {"index": 0, "matched": False, "reason": "10.3.0.0/16 does not hold 10.2.9.7"},
                {
                    "index": 1,
                    "matched": True,
                    "reason": "holds the packet, and the first match decides",
                },
                {
                    "index": 2,
                    "matched": True,
                    "reason": "would hold it too, but row 2 decided before it was asked",
                },
            ],
        },
        {
            "kind": "policy",
            "packet": {
                "source": "10.9.0.4",
                "destination": "10.2.9.7",
                "protocol": "icmp",
                "source_port": None,
                "destination_port": None,
            },
            "winner": None,
            "action": "discard",
            "tunnel": None,
            "rows": [
                {"index": 0, "matched": False, "reason": "10.1.0.0/16 does not hold 10.9.0.4"},
                {
                    "index": 1,
                    "matched": False,
                    "reason": "10.1.0.0/16, 10.4.0.0-10.4.0.9 do not hold 10.9.0.4",
                },
                {"index": 2, "matched": False, "reason": "10.1.0.4 does not hold 10.9.0.4"},
            ],
        },
        {
            "kind": "route",
            "destination": "10.2.9.7",
            "winner": 2,
            "via": "tunnel b",
            "blackhole": False,
            "candidates": [
                {"index": 2, "reason": "one of 2 equal routes; the flow's hash chose it"},
                {"index": 1, "reason": "equal, but the flow's hash chose the other"},
                {"index": 3, "reason": "same prefix, but metric 5 is higher than 0"},
                {"index": 0, "reason": "holds it too, but /8 is shorter than /16"},
            ],
            "equal_cost": [1, 2],
        },
        {
            "kind": "route",
            "destination": "10.200.0.1",
            "winner": 0,
            "via": None,
            "blackhole": True,
            "candidates": [{"index": 0, "reason": "the longest prefix that holds the address"}],
        },
        {
            "kind": "route",
            "destination": "2001:db8::1",
            "winner": None,
            "via": None,
            "blackhole": False,
            "candidates": [],
        },
    ]


def test_a_person_sees_every_row_its_verdict_in_a_word_and_the_reason(vpnedu, tables) -> None:
    lines = vpnedu("lookup", tables(TABLES)).out.splitlines()
    shown = [" ".join(line.split()) for line in lines]
    for line in (
        "packet 1: 10.1.0.4:40000 → 10.2.9.7:443 tcp",
        "1 10.1.0.0/16 10.3.0.0/16 east lost 10.3.0.0/16 does not hold 10.2.9.7",
        "3 10.1.0.4 0.0.0.0/0 bypass not asked would hold it too, but row 2 decided before it was "
        "asked",
        "default any any discard not asked a row above decided",
        "protect, in tunnel west: row 2 decides",
        "default any any discard wins no row holds the packet",
        "discard: the default decides",
        "2 10.2.0.0/16 tunnel a 1/0 equal equal, but the flow's hash chose the other",
        "3 10.2.0.0/16 tunnel b 1/0 wins one of 2 equal routes; the flow's hash chose it",
        "4 10.2.0.0/16 tunnel c 1/5 lost same prefix, but metric 5 is higher than 0",
        "via tunnel b: row 3 decides; it is one of 2 equal routes, which share the flows",
        "2 10.2.0.0/16 tunnel a 1/0 no match 10.2.0.0/16 does not hold 10.200.0.1",
        "dropped, blackhole: row 1 decides",
        "no route: no route holds the address",
    ):
        assert line in shown
    assert [line.split()[:4] for line in shown if " wins holds" in line] == [
        ["2", "10.1.0.0/16,", "10.4.0.0-10.4.0.9", "tcp"]
    ]


def test_what_is_piped_has_no_colour_and_no_broken_lines(vpnedu, tables) -> None:
    long = "tunnel " + "x" * 300
    path = tables(TABLES.replace("tunnel a", long))
    assert "\x1b" not in vpnedu("lookup", path).out
    assert long in vpnedu("lookup", path).out
    assert len(vpnedu("lookup", path, "--json").out.splitlines()) == 5


def test_text_from_a_file_is_neither_markup_nor_control(vpnedu, tables) -> None:
    path = tables(TABLES.replace("tunnel b", r"[red]b[/red] :smile: \u001b[31m \u202e \u0007"))
    out = vpnedu("lookup", path).out
    # In the table of each of three destinations, and in the conclusion of one.
    assert out.count(r"[red]b[/red] :smile: \x1b[31m \u202e \x07") == 4
    assert not set(out) & set("\x1b\x07\u202e")


def test_json_and_toml_say_the_same(vpnedu, tables, tmp_path: Path) -> None:
    path = tmp_path / "tables.json"
    path.write_text(json.dumps(tomllib.loads(TABLES)), encoding="utf-8")
    assert vpnedu("lookup", path, "--json").out == vpnedu("lookup", tables(TABLES), "--json").out


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    "text",
    [
        '{"destinations": ["10.0.0.1"], "routes": [{"prefix": "0.0.0.0/0", "via": "x"}]}',
        ' \n{"destinations": ["10.0.0.1"], "routes": [{"prefix": "0.0.0.0/0", "via": "x"}]}',
        'destinations = ["10.0.0.1"]\n[[routes]]\nprefix = "0.0.0.0/0"\nvia = "x"',
        '[[routes]]\nprefix = "0.0.0.0/0"\nvia = "x"\n[[packets]]\nsource="::1"\ndestination="::2"',
    ],
)
def test_standard_input_may_be_either_as_its_first_character_tells(vpnedu, text, bom) -> None:
    done = vpnedu("lookup", "-", "10.0.0.1", "--json", stdin=bom + text.encode())
    assert done.objects[-1]["via"] == "x"


def test_addresses_on_the_command_line_come_last(vpnedu, tables) -> None:
    done = vpnedu("lookup", "10.2.0.1", tables(TABLES), "--json", "10.0.0.1")
    asked = [one["destination"] for one in done.objects if one["kind"] == "route"]
    assert asked == ["10.2.9.7", "10.200.0.1", "2001:db8::1", "10.2.0.1", "10.0.0.1"]


def test_routes_of_another_file_stand_in_for_those_of_the_first(vpnedu, tables, tmp_path) -> None:
    other = tmp_path / "other.json"
    other.write_text(
        '{"routes": [{"prefix": "10.2.0.0/16", "via": "other"}], "destinations": ["10.2.0.1"]}'
    )
    found = vpnedu("lookup", tables(TABLES), "--routes", other, "--json").objects
    assert [one.get("via") for one in found] == [None, None, "other", None, None]
    # Without a FILE, the other file is all there is, with its own destinations.
    [alone] = vpnedu("lookup", "--routes", other, "--json").objects
    assert (alone["destination"], alone["via"]) == ("10.2.0.1", "other")


def test_packets_without_policies_get_the_default(vpnedu, tables) -> None:
    path = tables('default = "bypass"\n[[packets]]\nsource = "10.0.0.1"\ndestination = "10.0.0.2"')
    [found] = vpnedu("lookup", path, "--json").objects
    assert (found["action"], found["winner"], found["rows"]) == ("bypass", None, [])


def test_destinations_without_routes_have_none(vpnedu, tables) -> None:
    [found] = vpnedu("lookup", tables('destinations = ["10.0.0.1"]'), "--json").objects
    assert (found["winner"], found["candidates"]) == (None, [])


def test_a_blackhole_leads_nowhere_whatever_its_line_names(vpnedu, tables) -> None:
    path = tables('[[routes]]\nprefix = "0.0.0.0/0"\nvia = "Null0"\nblackhole = true')
    [found] = vpnedu("lookup", path, "10.0.0.1", "--json").objects
    assert (found["via"], found["blackhole"]) == (None, True)


def test_an_unnamed_protocol_keeps_its_number(vpnedu, tables) -> None:
    path = tables('[[packets]]\nsource = "::1"\ndestination = "::2"\nprotocol = "99"')
    [found] = vpnedu("lookup", path, "--json").objects
    assert found["packet"]["protocol"] == 99


def test_a_large_table_shows_the_rows_that_hold_the_packet_and_counts_the_rest(
    vpnedu, tables
) -> None:
    line = '[[policies]]\nlocal = "10.1.0.0/16"\nremote = "10.{}.{}.0/24"\ntunnel = "t{}"\n'
    many = "".join(line.format(i // 256, i % 256, i) for i in range(2000))
    asked = '[[packets]]\nsource = "10.1.0.1"\ndestination = "10.3.3.3"\n'
    done = vpnedu("lookup", tables(asked + many))
    assert "and 1,999 policies that do not hold the packet" in done.out
    assert "protect, in tunnel t771: row 772 decides" in done.out
    assert len(done.out.splitlines()) < 20
