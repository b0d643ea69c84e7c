"""Requests with documents: the same answers as with names, and errors at their place."""

import json

import pytest

from tests.simulation.sample_documents import PRESETS, design, having, network
from vpnedu.configuring import TARGETS, configure
from vpnedu.network.addresses import InputError
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.documents import read
from vpnedu.simulation.scenarios import SCENARIOS
from vpnedu.widgets.document_engine import configured, document_of, drawn, run, sent, struck
from vpnedu.widgets.engine import answer
from vpnedu.widgets.scene import scenes

PACKET = {
    "source": "Ana",
    "destination": "10.2.9.7",
    "protocol": "tcp",
    "port": "443",
    "length": "100",
}
FAULTS = {
    "faults": ["instance-crash@30"],
    "profile": "azure",
    "settings": {"hold-time": "30"},
    "seed": "2",
    "until": "120",
}


def refused(request: dict, ask=run) -> InputError:
    with pytest.raises(InputError) as wrong:
        ask(request)
    return wrong.value


@pytest.mark.parametrize(("name", "place"), PRESETS)
def test_a_scenario_is_told_as_its_document(name: str, place: int) -> None:
    asked = {"document_of": {"scenario": name, "preset": place}}
    assert json.loads(json.dumps(document_of(asked)["document"])) == network(name, place)


@pytest.mark.parametrize("name", DESIGNS)
def test_a_design_is_told_as_its_document_with_the_run_of_its_figure(name: str) -> None:
    asked = {"design": name, "faults": ["region-loss@30"], "profile": "rfc"}
    made = document_of({"document_of": asked})["document"]
    expected = design(name, "region-loss@30")
    assert json.loads(json.dumps(made)) == having(expected, "run.profile", "rfc")


def test_two_stages_of_a_figure_are_two_documents() -> None:
    both = ["active-active", "active-standby"]
    made = document_of({"document_of": {"design": both}})["documents"]
    assert [one["title"] for one in made] == [DESIGNS[name].title for name in both]
    pair = ["new-subnet-policy-based", "new-subnet-route-based"]
    made = document_of({"document_of": {"scenarios": pair, "preset": 1}})["documents"]
    assert [one["title"] for one in made] == [SCENARIOS[name].title for name in pair]


@pytest.mark.parametrize(
    "asked",
    [None, {}, {"scenario": "x"}, {"scenario": "one-way", "preset": 9}, {"design": ["x"]},
     {"scenario": "one-way", "preset": True}, {"design": []}, {"scenario": 7}],
)  # fmt: skip
def test_what_the_book_does_not_have_is_no_document(asked: object) -> None:
    assert refused({"document_of": asked}, document_of).rule


def test_a_packet_through_a_document_is_a_packet_through_its_scenario() -> None:
    named = answer({"scenarios": ["two-sites-policy-based"], **PACKET})
    assert run({"document": network(), **PACKET}) == named
    assert sent({"document": network(), **PACKET}) == named
    assert answer({"document": network(), **PACKET}) == named


@pytest.mark.parametrize(("name", "place"), PRESETS)
def test_the_packet_of_a_document_is_that_of_its_preset(name: str, place: int) -> None:
    shown = run({"document": network(name, place)})["preset"]["runs"][0]
    found = read(network(name, place))
    assert shown["trace"] == found.trace().to_dict()


def test_two_documents_are_two_stages_on_one_clock() -> None:
    other = having(network(), "gateways.0.policies", [])
    shown = run({"documents": [network(), having(other, "title", "Without")], **PACKET})
    assert [one["name"] for one in shown["preset"]["runs"]] == [network()["title"], "Without"]
    assert "discard" in shown["preset"]["runs"][1]["trace"]["events"][-1]["reason"]


def test_whether_a_packet_is_answered_is_as_in_the_document_unless_told() -> None:
    document = network("wrong-key", 1)
    answered = run({"document": document, **PACKET})["preset"]["runs"][0]["trace"]["events"]
    once = run({"document": document, **PACKET, "answered": False})
    delivered = [event for event in answered if event["event"] == "delivered"]
    assert len(delivered) == 2
    events = once["preset"]["runs"][0]["trace"]["events"]
    assert sum(event["event"] == "delivered" for event in events) == 1
    assert refused({"document": document, **PACKET, "answered": 1}).field == "answered"


def test_a_packet_to_be_cut_needs_the_paths_leave() -> None:
    asked = {"document": network(), **PACKET, "length": "1500"}
    whole, pieces = (
        run(asked | {"fragment": may})["preset"]["runs"][0]["trace"]["events"][-1]["event"]
        for may in (False, True)
    )
    assert (whole, pieces) == ("dropped", "delivered")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"source": "Bob"}, "source"),
        ({"destination": "Moon"}, "destination"),
        ({"protocol": "tcpx"}, "protocol"),
        ({"port": "70000"}, "port"),
        ({"length": "x"}, "length"),
        ({"length": "60000"}, "length"),
        ({"document": having(network(), "gateways.0.routes.0.prefix", "x")},
         "document.gateways.0.routes.0.prefix"),
        ({"document": None}, "document"),
        ({"document": design()}, None),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_packet_is_told_of_its_field(change: dict, field: str | None) -> None:
    asked = {"document": network(), **PACKET, **change}
    if field is None:
        # Packets are no matter of a design: its own run is what is asked for.
        assert run(asked)["preset"]["runs"][0]["trace"]["until"] == 300
        assert refused(asked, sent).field == "document.kind"
    else:
        assert refused(asked).field == field


def test_a_document_without_a_packet_asks_for_one() -> None:
    data = network()
    del data["send"]
    assert refused({"document": data}).field == "source"


@pytest.mark.parametrize(
    ("documents", "field"),
    [
        ([], "documents"),
        ("x", "documents"),
        ([network()] * 3, "documents"),
        ([network(), 7], "documents.1"),
        ([network(), having(network(), "tunnels.0.up", 1)], "documents.1.tunnels.0.up"),
        ([network(), design()], "documents.1.kind"),
    ],
)
def test_what_is_wrong_with_two_documents_names_which(documents: object, field: str) -> None:
    assert refused({"documents": documents, **PACKET}).field == field


def test_faults_in_a_document_are_faults_in_its_design() -> None:
    named = answer({"design": ["dual-redundancy"], **FAULTS})
    assert run({"document": design(), **FAULTS}) == named
    assert struck({"document": design(), **FAULTS}) == named
    assert answer({"document": design(), **FAULTS}) == named


def test_a_request_without_faults_runs_those_of_the_document() -> None:
    data = design("dual-redundancy", *FAULTS["faults"])
    data["run"] |= {"settings": {"hold-time": 30}, "seed": 2, "until": 120}
    assert run({"document": data}) == run({"document": design(), **FAULTS})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"faults": ["instance-crash@30", "circuit-cut@40"]}, "fault-2"),
        ({"faults": ["x"]}, "fault-1"),
        ({"profile": "acme"}, "profile"),
        ({"settings": {"hold-time": "soon"}}, "hold-time"),
        ({"settings": 7}, "settings"),
        ({"settings": {"bfd": "yes", "bfd-on-tunnels": "yes", "bfd-interval": "0.01"},
          "until": "3600"}, "bfd-interval"),
        ({"until": "9999"}, "until"),
        ({"until": "soon"}, "until"),
        ({"seed": "x"}, "seed"),
        ({"document": having(design(), "devices.1.name", "")}, "document.devices.1.name"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_faults_is_told_of_its_field(change: dict, field: str) -> None:
    assert refused({"document": design(), **FAULTS, **change}).field == field


def test_a_network_takes_no_faults() -> None:
    assert refused({"document": network(), **FAULTS}, struck).field == "document.kind"


def test_a_document_is_drawn_before_anything_happens_in_it() -> None:
    shown = drawn({"draw": network("hub-route-based")})
    assert shown["scene"] == scenes(SCENARIOS["hub-route-based"].run(0))
    assert shown["trace"]["events"] == []
    assert drawn({"draw": design()})["kind"] == "design"
    assert refused({"draw": []}, drawn).field == "document"


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", ["office-to-cloud", "hub-route-based", "dual-redundancy"])
def test_a_document_is_configured_as_what_it_is_of(name: str, target: str) -> None:
    data = network(name) if name in SCENARIOS else design(name)
    gateway = {"gateway": "hub gateway"} if name == "hub-route-based" else {}
    asked = {"config": data, "target": target, **gateway}
    if (name, target) == ("office-to-cloud", "frr"):
        assert "no gateway" in refused(asked, configured).rule  # nobody learns routes there
        return
    made = configure(name, target, gateway.get("gateway"))
    answered = configured(asked)
    assert [one["text"] for one in answered["files"]] == [file.text for file in made.files]
    assert answered["secrets"] == list(made.secrets)
    explained = configured(asked | {"explain": True})
    assert len(explained["files"][0]["text"]) > len(answered["files"][0]["text"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"target": "nix"}, "target"),
        ({"gateway": "nobody"}, "gateway"),
        ({"config": having(network(), "title", "")}, "document.title"),
        ({"config": having(network(), "networks.0.name", "1 office")}, None),
    ],
)
def test_what_is_wrong_with_a_configuration_is_told_of_its_field(change, field) -> None:
    wrong = refused({"config": network(), "target": "strongswan", **change}, configured)
    assert field is None or wrong.field == field


@pytest.mark.parametrize("name", ["東京", "-", "9 lives", "branch  gateway", "Branch-Gateway!"])
def test_a_name_that_no_configuration_can_bear_is_told(name: str) -> None:
    text = json.dumps(network()).replace('"office gateway"', json.dumps(name))
    wrong = refused({"config": json.loads(text), "target": "strongswan"}, configured)
    assert wrong.field.startswith("document.gateways.")
    assert wrong.field.endswith(".name")


@pytest.mark.parametrize("target", TARGETS)
def test_a_hostile_name_is_a_comment_of_a_configuration_at_most(target: str) -> None:
    hostile = "a $(touch x) `y` \"' ; rm"
    text = json.dumps(network("office-to-cloud"))
    for name in ("office gateway", "tunnel office", "Office"):
        text = text.replace(json.dumps(name), json.dumps(f"{hostile}{name[:12]}"))
    asked = {"config": json.loads(text), "target": target}
    if target == "frr":
        assert "no gateway" in refused(asked, configured).rule
        return
    files = configured(asked)["files"]
    for file in files:
        marks = ("#", "//")
        lines = [line for line in file["text"].splitlines() if not line.strip().startswith(marks)]
        assert not any("touch x" in line or "`" in line for line in lines)
        assert ".." not in file["name"]
