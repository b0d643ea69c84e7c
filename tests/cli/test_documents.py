"""Documents on the command line: a path where a name could stand."""

import json
from pathlib import Path

import pytest

from tests.simulation.sample_documents import PRESETS, design, having, network
from vpnedu import SCENARIOS, simulate
from vpnedu.simulation.designs import DESIGNS


@pytest.fixture
def saved(tmp_path: Path):
    """`saved(data)` is the path of a file that holds it."""

    def save(data: object, name: str = "office.json") -> Path:
        path = tmp_path / name
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        return path

    return save


@pytest.mark.parametrize(("name", "place"), [*PRESETS[::7], *((name, None) for name in DESIGNS)])
def test_what_has_a_name_is_written_as_a_document_and_runs_from_it(
    vpnedu, tmp_path: Path, name: str, place: int | None
) -> None:
    path = tmp_path / "it.json"
    preset = () if place is None else ("--preset", place)
    written = vpnedu("document", name, *preset, "--out", path)
    assert (written.code, written.out, written.err) == (0, "", f"wrote {path}\n")
    assert vpnedu("document", name, *preset).out == path.read_text()
    assert json.loads(path.read_text()) == (design(name) if place is None else network(name, place))
    again = vpnedu("document", path)
    assert again.out == path.read_text()
    if place is None:
        assert vpnedu("simulate", path).out == vpnedu("simulate", name).out
    else:
        assert vpnedu("send", path).code == 0


def test_a_packet_goes_through_a_document_as_through_its_scenario(vpnedu, saved) -> None:
    words = ("Ana", "10.2.0.7", "--port", "443", "--json")
    named = vpnedu("send", "two-sites-policy-based", *words)
    assert vpnedu("send", saved(network()), *words).out == named.out


def test_without_packet_words_the_documents_own_packet_is_sent(vpnedu, saved) -> None:
    path = saved(network("two-sites-policy-based", 4))
    assert vpnedu("send", path).out == str(SCENARIOS["two-sites-policy-based"].run(4))


def test_options_of_a_packet_need_a_packet(vpnedu, saved) -> None:
    done = vpnedu("send", saved(network()), "--port", "443")
    assert done.code == 2
    assert "say who sends" in done.err
    assert vpnedu("send", saved(network()), "Ana").code == 2
    assert vpnedu("send", "two-sites-policy-based").code == 2


def test_the_run_of_a_document_is_its_own_but_for_what_is_typed(vpnedu, saved) -> None:
    data = design("active-active", "instance-crash@30")
    data["run"] |= {"settings": {"hold-time": 30, "bfd": False}, "seed": 4, "until": 100}
    path = saved(data)
    lines = vpnedu("simulate", path).out
    assert "profile azure, hold-time=30, bfd=no; seed 4; until 100 s" in lines
    other = vpnedu("simulate", path, "--until", "300", "--set", "hold-time=60").out
    assert "profile azure, bfd=no, hold-time=60; seed 4; until 300 s" in other
    settings = {"hold-time": "60", "bfd": "no"}
    trace = simulate("active-active", ("instance-crash@30",), settings=settings, seed=4)
    assert trace.events[-1].reason in other
    typed = vpnedu("simulate", path, "--fault", "tunnel-cut@10", "--seed", "1", "--json").objects
    assert [fault["name"] for fault in typed[0]["faults"]] == ["tunnel-cut"]
    assert typed[0]["seed"] == 1


@pytest.mark.parametrize("name", ["two-sites-policy-based", "dual-redundancy"])
def test_a_document_is_configured_as_what_it_is_of(vpnedu, saved, name: str) -> None:
    path = saved(network(name) if name in SCENARIOS else design(name))
    words = ("--for", "strongswan", "--explain")
    assert vpnedu("config", path, *words).out == vpnedu("config", name, *words).out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ('{"vpnedu": 1, "vpnedu": 1}', 'says "vpnedu" twice'),
        ('{"vpnedu": NaN}', "is not JSON"),
        ('{"vpnedu": Infinity}', "is not JSON"),
        ('{"vpnedu": 1e999}', "vpnedu: inf is not a whole number"),
        ('{"vpnedu": ' + "9" * 5000 + "}", "vpnedu: inf is not a whole number"),
        ('{"vpnedu": 2, "kind": "network"}', "vpnedu: is made for another"),
        ("[" * 100_000, "nested more than"),
        ('{"a":' * 13 + "1" + "}" * 13, "nested more than"),
        ("[]", "a document is an object"),
        ('"x"', "a document is an object"),
        ('{"vpnedu": 1, "kind": "network", "title": "\\ud800"}', "networks: is missing"),
        ("x" * 256_001, "more than 256 kB"),
        (json.dumps(having(network(), "gateways.0.routes.1.via", "nowhere")),
         "gateways.0.routes.1.via: the gateway has no interface 'nowhere'"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", [("send",), ("simulate",), ("document",)])
def test_a_file_that_is_wrong_is_one_line_with_its_place(
    vpnedu, saved, command: tuple[str, ...], text: str, told: str
) -> None:
    path = saved(text)
    done = vpnedu(*command, path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{path}: ")
    assert told in done.err
    assert done.err.count("\n") == 1
    assert len(done.err) < 700


@pytest.mark.parametrize("data", [b"\xff\xfe{}", b'{"a": "\xe9"}', b"\x00\x01"])
def test_a_file_that_is_no_text_is_one_line(vpnedu, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(data)
    done = vpnedu("send", path)
    assert done.code == 2
    assert done.err.count("\n") == 1


def test_a_byte_order_mark_does_no_harm(vpnedu, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(network()), encoding="utf-8-sig")
    assert vpnedu("send", path).code == 0


def test_a_file_that_is_not_there_is_told(vpnedu, tmp_path: Path) -> None:
    for path in (tmp_path / "no.json", tmp_path / "a\0b.json"):
        done = vpnedu("config", path, "--for", "strongswan")
        assert done.code == 2
        assert done.err.count("\n") == 1


def test_a_network_is_not_simulated_and_a_design_not_sent_through(vpnedu, saved) -> None:
    assert "vpnedu send" in vpnedu("simulate", saved(network())).err
    assert "vpnedu simulate" in vpnedu("send", saved(design())).err


def test_errors_of_the_documents_own_packet_and_run_name_the_place(vpnedu, saved) -> None:
    path = saved(having(network(), "send.source", "Bob"))
    assert vpnedu("send", path).err.startswith(f"{path}: send.source: nobody here is 'Bob'")
    path = saved(design("active-active", "instance-crash@30", "circuit-cut@40"))
    assert vpnedu("simulate", path).err.startswith(f"{path}: run.faults.1: circuit-cut: ")
    path = saved(json.dumps(network()).replace('"office gateway"', '"東京"'))
    done = vpnedu("config", path, "--for", "strongswan")
    assert done.err.startswith(f"{path}: gateways.0.name: ")


def test_a_document_has_no_presets_and_a_known_ending(vpnedu, saved, tmp_path: Path) -> None:
    path = saved(network())
    assert vpnedu("document", path, "--preset", "0").code == 2
    assert vpnedu("config", path, "--for", "strongswan", "--preset", "0").code == 2
    done = vpnedu("document", "one-way", "--out", tmp_path / "one-way.txt")
    assert done.code == 2
    assert not (tmp_path / "one-way.txt").exists()


def test_a_name_that_steers_the_terminal_is_refused(vpnedu, saved) -> None:
    done = vpnedu("send", saved(having(network(), "title", "\x1b[31mred")))
    assert done.code == 2
    assert "\x1b" not in done.err
