"""`vpnedu lookup --routes`: what `ip -json route show` printed, held against what Linux answered.

`data/record.sh` made the files in `data/`, on a real kernel.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parent / "data"
# How `ip route get` tells that a packet would be dropped.
DROPS = {
    "Invalid argument": "blackhole",
    "No route to host": "unreachable",
    "Permission denied": "prohibit",
    "Network is unreachable": None,
}


def asked(name: str) -> list[tuple[str, str | None]]:
    """The addresses that the kernel was asked about, and the next hop that it gave."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [(address, next_hop(answer)) for address, answer in (x.split(": ", 1) for x in lines)]


def next_hop(answer: str) -> str | None:
    if answer.startswith("RTNETLINK"):
        return DROPS[answer.rpartition(": ")[2].strip()]
    via = re.search(r" via (?:inet6 )?(\S+)", answer)
    device = re.search(r" dev \S+", answer)
    assert device
    return ((via[1] if via else "") + device[0]).strip()


def as_linux(*entries: dict[str, Any]) -> bytes:
    return json.dumps(entries).encode()


def hops(found: dict[str, Any], entries: list[dict[str, Any]]) -> list[str]:
    """Every next hop that shares the first place, as the file's own entries name them."""
    best = entries[found["winner"]]
    living = [hop for hop in best.get("nexthops", []) if "dead" not in hop["flags"]]
    return [f"{hop['gateway']} dev {hop['dev']}" for hop in living]


@pytest.mark.parametrize(
    ("file", "answers", "version"),
    [
        ("main.json", "asked.txt", 4),
        ("main6.json", "asked.txt", 6),
        ("all.json", "asked.txt", 4),
        ("all.json", "asked.txt", 6),
        ("dead.json", "asked-dead.txt", 4),
    ],
)
def test_linux_would_answer_the_same(vpnedu, file: str, answers: str, version: int) -> None:
    path = DATA / file
    wanted = [(a, hop) for a, hop in asked(answers) if (":" in a) == (version == 6)]
    entries = json.loads(path.read_text(encoding="utf-8"))
    done = vpnedu("lookup", "--routes", path, "--json", *(address for address, _ in wanted))
    assert len(done.objects) == len(wanted) >= 16
    for (address, hop), found in zip(wanted, done.objects, strict=True):
        assert found["destination"] == address
        if "equal_cost" in found:
            # Which of the equal ones a flow takes, each kernel decides by a seed of its own.
            assert hop in hops(found, entries)
            assert found["via"] in hops(found, entries)
        else:
            assert found["via"] == hop
        assert found["blackhole"] == (hop in ("blackhole", "unreachable", "prohibit"))


def test_next_hops_of_one_entry_share_its_index(vpnedu) -> None:
    [found] = vpnedu("lookup", "--routes", DATA / "main.json", "10.3.0.1", "--json").objects
    entries = json.loads((DATA / "main.json").read_text(encoding="utf-8"))
    assert entries[found["winner"]]["dst"] == "10.3.0.0/16"
    assert found["equal_cost"] == [found["winner"]] * 2
    assert found["via"] in ("192.0.2.20 dev eth0", "10.0.0.3 dev eth1")


def test_next_hops_share_by_their_weights(vpnedu) -> None:
    flows = [f"10.3.{i // 250}.{i % 250}" for i in range(1000)]
    done = vpnedu("lookup", "--routes", DATA / "main.json", *flows, "--json")
    heavy = sum(found["via"] == "10.0.0.3 dev eth1" for found in done.objects)
    assert 650 < heavy < 850, "weight 3 of 4 carries about three quarters"


def test_of_equal_entries_the_first_is_kept(vpnedu) -> None:
    entries = [{"dst": "10.2.0.0/16", "dev": name, "metric": 50} for name in ("wg0", "eth1")]
    done = vpnedu("lookup", "--routes", "-", "10.2.0.1", "--json", stdin=as_linux(*entries))
    [found] = done.objects
    assert (found["winner"], found["via"], "equal_cost" in found) == (0, "dev wg0", False)
    assert "installed later" in found["candidates"][1]["reason"]


def test_of_equal_ipv6_entries_the_higher_router_preference_wins(vpnedu) -> None:
    entries = [
        {"dst": "2001:db8::/32", "dev": f"eth{index}", "metric": 5, "pref": pref}
        for index, pref in enumerate(["low", "high", "high", "medium"])
    ]
    done = vpnedu("lookup", "--routes", "-", "2001:db8::1", "--json", stdin=as_linux(*entries))
    [found] = done.objects
    assert [one["index"] for one in found["candidates"]] == [1, 2, 3, 0]
    assert [one["reason"] for one in found["candidates"]][1:] == [
        "same prefix and metric, but installed later; the older route is kept",
        "same prefix and metric, but router preference medium comes after high (RFC 4191)",
        "same prefix and metric, but router preference low comes after high (RFC 4191)",
    ]


@pytest.mark.parametrize(
    ("prefix", "metric", "taken"),
    [
        ("10.0.0.0/8", {}, 0),
        ("2001:db8::/32", {}, 1024),
        ("2001:db8::/32", {"metric": 0}, 1024),
        ("2001:db8::/32", {"metric": 1}, 1),
    ],
)
def test_a_metric_left_out_is_0_in_ipv4_and_1024_in_ipv6(vpnedu, prefix, metric, taken) -> None:
    entries = as_linux(
        {"dst": prefix, "dev": "b", "metric": taken + 1},
        {"dst": prefix, "dev": "a"} | metric,
    )
    address = prefix.partition("/")[0]
    [found] = vpnedu("lookup", "--routes", "-", address, "--json", stdin=entries).objects
    reason = f"same prefix, but metric {taken + 1} is higher than {taken}"
    assert found["candidates"][1] == {"index": 0, "reason": reason}


@pytest.mark.parametrize(
    ("entry", "family"),
    [
        ({"gateway": "192.0.2.1", "dev": "a"}, 4),
        ({"gateway": "fe80::1", "dev": "a"}, 6),
        ({"nexthops": [{"gateway": "fe80::1", "dev": "a"}]}, 6),
        ({"dev": "a", "pref": "medium"}, 6),
        ({"dev": "a", "prefsrc": "2001:db8::1"}, 6),
        ({"dev": "a"}, 4),
        # An IPv4 route through an IPv6 gateway (RFC 8950).
        ({"via": {"family": "inet6", "host": "fe80::1"}, "dev": "a"}, 4),
    ],
)
def test_default_is_of_the_family_that_the_rest_shows(vpnedu, entry, family) -> None:
    stdin = as_linux({"dst": "default"} | entry)
    done = vpnedu("lookup", "--routes", "-", "192.0.2.9", "2001:db8::9", "--json", stdin=stdin)
    assert [one["winner"] for one in done.objects] == ([0, None] if family == 4 else [None, 0])


def test_default_that_shows_no_family_follows_the_other_entries(vpnedu) -> None:
    stdin = as_linux({"dst": "default", "dev": "a"}, {"dst": "2001:db8::/32", "dev": "b"})
    [found] = vpnedu("lookup", "--routes", "-", "::1", "--json", stdin=stdin).objects
    assert found["winner"] == 0


def test_throw_gives_no_answer_and_says_so(vpnedu) -> None:
    done = vpnedu("lookup", "--routes", DATA / "main.json", "10.99.0.1", "--json")
    [found] = done.objects
    assert (found["winner"], found["via"], found["blackhole"]) == (None, None, False)
    assert "throw: this table gives no answer" in found["candidates"][0]["reason"]
    human = vpnedu("lookup", "--routes", DATA / "main.json", "10.99.0.1").out
    assert "no route: this table gives no answer" in human
    assert " wins " not in human


def test_what_is_left_out_is_told_beside_the_answers(vpnedu) -> None:
    done = vpnedu("lookup", "--routes", DATA / "all.json", "10.20.0.1", "--json")
    [found] = done.objects
    assert found["via"] == "blackhole", "table 220 is not asked, and main has 10.0.0.0/8"
    told = done.err.splitlines()
    path = DATA / "all.json"
    assert f"{path}: left out: 1 entry of table 220; only the table main is looked at" in told
    assert f"{path}: left out: 1 entry for packets with a TOS of their own" in told
    assert f"{path}: left out: 1 entry for packets from certain sources" in told
    assert any("entries of table local" in line for line in told)


def test_a_family_that_the_file_lacks_is_told_with_the_command(vpnedu) -> None:
    done = vpnedu("lookup", "--routes", DATA / "main.json", "2001:db8::1", "--json")
    assert done.objects[0]["winner"] is None
    assert done.err.endswith("no IPv6 route in it; `ip -6 -json route show` prints those\n")


def test_an_empty_table_has_no_route(vpnedu) -> None:
    done = vpnedu("lookup", "--routes", "-", "10.0.0.1", "--json", stdin=b"[]\n")
    assert (done.code, done.objects[0]["winner"]) == (0, None)


def test_types_of_the_local_table_are_shown_as_what_they_are(vpnedu) -> None:
    stdin = as_linux({"type": "local", "dst": "10.0.0.1", "dev": "eth1", "flags": []})
    [found] = vpnedu("lookup", "--routes", "-", "10.0.0.1", "--json", stdin=stdin).objects
    assert found["via"] == "local dev eth1"


def test_a_machines_table_stands_in_for_the_routes_of_a_file(vpnedu, tables) -> None:
    path = tables('destinations = ["10.2.0.1"]\n[[routes]]\nprefix = "0.0.0.0/0"\nvia = "x"')
    done = vpnedu("lookup", path, "--routes", DATA / "main.json", "10.7.0.1", "--json")
    vias = [found["via"] for found in done.objects]
    assert vias == ["10.0.0.9 dev eth1", "192.0.2.30 dev eth0"]


def test_a_person_sees_the_rows_of_the_machines_table(vpnedu) -> None:
    out = vpnedu("lookup", "--routes", DATA / "main.json", "10.2.0.1").out
    shown = [" ".join(line.split()) for line in out.splitlines()]
    assert "via 10.0.0.9 dev eth1: row 6 decides" in shown
    assert any(line.startswith("6 10.2.0.0/16 10.0.0.9 dev eth1 1/10 wins ") for line in shown)


def test_without_a_destination_the_command_to_type_is_shown(vpnedu) -> None:
    path = DATA / "main.json"
    done = vpnedu("lookup", "--routes", path)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"{path}: no destination to look up; type: vpnedu lookup --routes {path} 10.2.0.1\n"
    )


def test_without_routes_the_option_is_hinted_at(vpnedu) -> None:
    done = vpnedu("lookup", DATA / "main.json", "10.2.0.1")
    assert done.code == 2
    assert "write --routes before the file's name" in done.err
