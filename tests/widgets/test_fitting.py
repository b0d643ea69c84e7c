"""Which packets fit: the figure's words against the engine, and its arithmetic's twin."""

import json
import os
import shutil
import subprocess
from html import unescape
from pathlib import Path
from random import Random

import pytest

from vpnedu.book.facts import facts
from vpnedu.network.encapsulation import AES_GCM, SUITES, tcp_mss
from vpnedu.network.packets import Packet, packet
from vpnedu.quiz.generators.reckoning.paths import INNER, PAIRS
from vpnedu.quiz.generators.reckoning.paths import Path as Way
from vpnedu.simulation.events import Delivered, Flight
from vpnedu.simulation.journey import send
from vpnedu.widgets.fitting import KINDS, MTUS, Outside, azures_advice, fate, fitting

VECTORS = json.loads((Path(__file__).parent / "data/lengths.json").read_text("utf-8"))
LENGTHS = Path(__file__).parents[2] / "vpnedu/widgets/static/lengths.js"
NODE = shutil.which("node")
RECKON = """
import { readFileSync } from "node:fs";
const { fate, largestInner, sealedLength, tcpMss } = await import(process.argv[1]);
const reckoned = (asked) => {
  const room = largestInner(asked);
  const mss = [tcpMss(room, 4), tcpMss(room, 6)];
  const { inner, kind } = asked;
  return { sealed: sealedLength(inner, asked), room, mss, fate: fate(asked, inner, kind) };
};
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(reckoned)));
"""


def outside_of(case) -> Outside:
    return Outside(SUITES[case["suite"][0]], case["natT"], case["version"], case["mtu"])


def reckoned(case) -> dict[str, object]:
    """All that the page reckons for one case."""
    outside = outside_of(case)
    return {
        "sealed": outside.sealed(case["inner"]),
        "room": outside.room,
        "mss": [tcp_mss(outside.room), tcp_mss(outside.room, 6)],
        "fate": list(fate(outside, case["inner"], case["kind"])),
    }


def test_the_vectors_are_what_python_reckons() -> None:
    for case in VECTORS:
        assert reckoned(case) == {name: case[name] for name in ("sealed", "room", "mss", "fate")}
    assert {case["fate"][0] for case in VECTORS} == {"fits", "cut", "dropped"}
    assert {case["suite"][0] for case in VECTORS} == set(SUITES)


def cases(count: int) -> list[dict[str, object]]:
    """Random suites, paths and lengths, many of them near the edge."""
    random, made = Random(4303), []
    for _ in range(count):
        suite, (nat_t, version) = (
            random.choice([*SUITES.values()]),
            random.choice([(False, 4), (True, 4), (False, 6), (True, 6)]),
        )
        mtu = random.choice([1500, 1492, 1400, 1280, random.randint(576, 9000)])
        room = Outside(suite, nat_t, version, mtu).room
        inner = random.choice([random.randint(40, 9000), room + random.randint(-9, 9), 1280, 1281])
        listed = [suite.name, suite.iv, suite.block, suite.icv]
        asked = {"suite": listed, "natT": nat_t, "version": version, "mtu": mtu}
        made.append(asked | {"inner": inner, "kind": random.choice([*KINDS])})
    return made


@pytest.mark.skipif(not NODE and os.environ.get("CI") != "true", reason="Node.js is not installed")
def test_the_page_reckons_as_python_does_for_thousands_of_packets() -> None:
    assert NODE, "Node.js is not installed"
    asked = cases(5000)
    words = [NODE, "--input-type=module", "--eval", RECKON, LENGTHS.as_uri()]
    done = subprocess.run(
        words, input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [reckoned(case) for case in asked]


def sent(way: Way, length: int, kind: str) -> Packet:
    (_, source), (_, target) = INNER[way.inner]
    return packet(source, target, "tcp", length=length, dont_fragment=kind == "4df")


@pytest.mark.parametrize("mtu", [1500, 1492, 1400])
@pytest.mark.parametrize("kind", KINDS)
def test_a_packet_fares_as_in_a_run_of_the_engine(kind: str, mtu: int) -> None:
    for nat_t, version in ((False, 4), (True, 4), (False, 6)):
        outside = Outside(AES_GCM, nat_t, version, mtu)
        way = Way(PAIRS[0], AES_GCM, nat_t, version, 6 if kind == "6" else 4, mtu)
        for length in (100, outside.room, outside.room + 1, mtu):
            trace = send(way.topology(), sent(way, length, kind), title="x")
            what, words = fate(outside, length, kind)
            if isinstance(trace.verdict, Delivered):
                flight = next(
                    e for e in trace.events if isinstance(e, Flight) and e.link == "tunnel"
                )
                assert what == ("fits" if flight.fragments == 1 else "cut")
                assert flight.fragments == 1 or f"in {flight.fragments} fragments" in words
            else:
                assert what == "dropped"
                assert trace.verdict.reason.endswith(f"largest {words[:-1].rpartition(' ')[2]}")


def test_ipv6_packets_of_1280_bytes_cross_any_tunnel() -> None:
    """RFC 8200, 5: what cannot carry them whole has to cut below IPv6."""
    narrow = Outside(mtu=1280)
    assert narrow.room < 1280
    assert fate(narrow, 1280, "6")[0] == "cut"
    assert fate(narrow, 1281, "6") == (
        "dropped",
        "Dropped. Sealed it would have 1336 bytes, and the path takes 1280. ICMPv6 tells the "
        "sender: Packet Too Big, mtu = 1280.",
    )


def test_linux_says_the_same_mtu() -> None:
    """LINUX.md: a path of 1500 bytes gives "Frag needed, mtu = 1446"."""
    assert fate(Outside(), 1447, "4df")[1].endswith("fragmentation needed, mtu = 1446.")
    assert fate(Outside(), 1446, "4df")[0] == "fits"


def test_azures_advice_comes_from_the_facts_with_its_sources() -> None:
    advice = azures_advice()
    assert (advice["mtu"], advice["mss"]) == (1400, 1350)
    assert facts("azure", "limits")["Packets in a tunnel", "Limit"] in advice["words"]
    assert "2026-06-04" in advice["words"]


@pytest.mark.parametrize("mtu", [mtu for mtu, _ in MTUS[:2]])
def test_what_azure_advises_fits_every_suite(mtu: int) -> None:
    for suite in SUITES.values():
        for nat_t in (False, True):
            for length in (1400, 1350 + 40):
                assert fate(Outside(suite, nat_t, 4, mtu), length, "4df")[0] == "fits"


def test_without_scripts_every_suite_has_its_largest_packet_and_segment() -> None:
    made = fitting(anchor="fig-x", caption="Notice.")
    html = unescape(made.still)
    for suite in SUITES.values():
        for nat_t, name in ((False, suite.name), (True, f"{suite.name}, NAT-T")):
            room = Outside(suite, nat_t).room
            row = f"<td>{room}</td><td>{tcp_mss(room)}</td><td>{tcp_mss(room, 6)}</td>"
            assert f'<th scope="row">{name}</th>{row}' in html
            assert f"{name}: largest inner packet {room}" in str(made)
