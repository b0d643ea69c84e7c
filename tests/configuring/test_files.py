"""Configurations as files: what holds for every scenario, every design and every target."""

import subprocess

import pytest

from tests.configuring.conftest import ALL, of, tool
from vpnedu.configuring import configure
from vpnedu.network.addresses import InputError

MADE = [pytest.param(made, id="/".join(key)) for key, made in ALL.items()]


def test_there_is_something_for_every_target() -> None:
    assert min(len(of(target)) for target in ("strongswan", "frr", "azure-cli", "bicep")) >= 8


@pytest.mark.parametrize("made", MADE)
def test_the_same_input_gives_the_same_bytes(made) -> None:
    again = configure(made.scenario, made.target)
    assert [(f.name, f.text, f.explained) for f in again.files] == [
        (f.name, f.text, f.explained) for f in made.files
    ]


@pytest.mark.parametrize("made", MADE)
def test_an_explanation_adds_comments_and_nothing_else(made) -> None:
    for file in made.files:
        kept = file.text.splitlines()
        told = [
            line for line in file.explained.splitlines()
            if not (line.lstrip().startswith(f"{file.comment} ") and line not in kept)
        ]  # fmt: skip
        assert told == kept, file.name
        reasons = sum(bool(line.why) for line in file.lines)
        assert len(file.explained.splitlines()) == len(kept) + reasons


@pytest.mark.parametrize("made", MADE)
def test_every_piece_of_every_file_has_a_reason(made) -> None:
    for file in made.files:
        for piece in file.pieces:
            if piece.name not in ("head", "foot"):
                assert any(line.why for line in piece.lines), f"{file.name}: {piece.name}"


@pytest.mark.parametrize("made", MADE)
def test_a_reason_is_a_sentence(made) -> None:
    for file in made.files:
        for line in file.lines:
            assert not line.why or line.why.rstrip()[-1] in ".,?…", line.why
            assert "\n" not in line.said + line.text


@pytest.mark.parametrize("made", MADE)
def test_secrets_are_placeholders(made) -> None:
    whole = "".join(file.text for file in made.files)
    for secret in made.secrets:
        camel = secret.lower().replace("_", "")
        assert secret in whole or camel in whole.lower()
    for line in whole.splitlines():
        if "secret =" in line:
            assert line.strip().removeprefix("secret = ").startswith("{PSK_")
        if "--shared-key" in line:
            assert '"$PSK_' in line


@pytest.mark.parametrize(
    "made", [m for m in MADE if m.values[0].target in ("strongswan", "azure-cli")]
)
def test_a_shell_reads_the_scripts(made) -> None:
    for file in made.files:
        if file.name.endswith(".sh"):
            for text in (file.text, file.explained):
                done = subprocess.run(
                    ["sh", "-n"], input=text, capture_output=True, text=True, check=False
                )
                assert done.returncode == 0, f"{file.name}: {done.stderr}"


def test_a_script_stops_where_a_value_is_missing() -> None:
    script = configure("office-to-cloud", "azure-cli")["azure.sh"].text
    done = subprocess.run(
        ["/bin/sh"], input=script, capture_output=True, text=True, check=False,
        env={"GROUP": "g", "LOCATION": "l", "PATH": "/nowhere"},
    )  # fmt: skip
    assert done.returncode != 0
    assert "PSK_TUNNEL_OFFICE: set it to the pre-shared key" in done.stderr
    assert "not found" not in done.stderr, "it stopped before the first command"


def test_a_firewall_is_read_by_nft() -> None:
    nft = tool("nft")
    for name in ("two-sites-policy-based", "hub-route-based", "ipv6-forged-source"):
        for file in configure(name, "strongswan").files:
            if file.name.endswith("linux.sh"):
                for text in (file.text, file.explained):
                    rules = text.split("<<RULES\n")[1].split("RULES\n")[0].replace("$WAN", "wan0")
                    done = subprocess.run(
                        ["unshare", "--net", nft, "--check", "--file", "-"],
                        input=rules, capture_output=True, text=True, check=False,
                    )  # fmt: skip
                    assert done.returncode == 0, done.stderr


def test_pieces_are_shown_with_their_reasons_beside_them() -> None:
    shown = configure("two-sites-policy-based", "strongswan")["office-gateway/swanctl.conf"]
    who = shown.part("who")
    assert str(who).splitlines()[1].startswith("      auth = psk")
    assert "    ^ This end proves itself" in str(who)
    html = who._repr_html_()
    assert html.count("<dt>") == html.count("<dd>") > 3
    assert "id = 198.51.100.1" in html


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("two-site", "strongswan"), "scenario: there is no 'two-site'; nearest: two-sites-policy"),
        (("two-sites-policy-based", "cisco"), "--for: there is no 'cisco'; there are strongswan"),
        (("office-to-cloud", "bicep", "cloud"), "--gateway: there is no 'cloud'; nearest: cloud g"),
        (("office-to-cloud", "bicep", None, 9), "preset: 9 is none of this scenario's: 0 to"),
        (("active-active", "frr", None, 0), "preset: a design has none"),
        (("expressroute", "frr"), "scenario: expressroute has no VPN gateway"),
        (("two-sites-policy-based", "frr"), "--for: no gateway of two-sites-policy-based learns"),
        (("two-sites-policy-based", "bicep"), "--gateway: two-sites-policy-based has no virtual"),
        (("ipv6-forged-source", "bicep", "office gateway"), "office gateway: 2001:db8:a::/48 has"),
    ],
)
def test_what_is_wrong_is_told_with_the_nearest_names(arguments, said) -> None:
    with pytest.raises(InputError) as wrong:
        configure(*arguments)
    assert str(wrong.value).startswith(said)


def test_a_file_or_a_piece_that_is_not_there_is_told() -> None:
    made = configure("two-sites-policy-based", "strongswan")
    with pytest.raises(InputError, match="nearest: office-gateway/swanctl"):
        made["office-gateway/swan.conf"]
    with pytest.raises(InputError, match="peer, timers, who, children"):
        made.files[0].part("secrets")


def test_what_a_target_cannot_say_is_told_as_lost() -> None:
    def lost(*arguments: str) -> str:
        return "\n".join(configure(*arguments).losses)

    assert "Azure's own policy-based gateway has one tunnel" in lost(
        "two-sites-policy-based", "azure-cli", "office gateway"
    )
    assert "Ida's client: a person's device" in lost("point-to-site", "bicep")
    assert "Azure gives other addresses" in lost("office-to-cloud", "bicep")
    assert "circuit: a private circuit is ordered" in lost("expressroute-failover", "azure-cli")
    assert "Azure's gateway can't prepend" not in lost("two-regions", "azure-cli")
    assert "routes through tunnel 1 are learned" in lost(
        "hub-route-based", "strongswan", "gateway 1"
    )
    assert "has a wrong key in the scenario" in lost("wrong-key", "strongswan")
    assert lost("two-sites-policy-based", "strongswan") == ""


def test_a_gateway_that_fails_open_is_pointed_out_and_one_that_fails_closed_is_not() -> None:
    assert "advice: office gateway: fails open" in str(configure("one-way", "strongswan"))
    closed = configure("fails-closed", "strongswan", "office gateway", 1)
    assert closed.advice == ()
