"""FRR's configurations: `vtysh` reads them, and neighbours know each other as they are."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.configuring.conftest import of, tool
from vpnedu.configuring import configure
from vpnedu.simulation.profiles import profile


def files(name: str) -> dict[str, str]:
    made = configure(name, "frr")
    return {file.name.split("/")[0]: file.text for file in made.files if "frr.conf" in file.name}


@pytest.mark.parametrize("made", of("frr"), ids=lambda made: made.scenario)
def test_vtysh_reads_them(made, tmp_path: Path) -> None:
    vtysh = tool("vtysh")
    for file in made.files:
        if file.name.endswith("frr.conf"):
            for text in {file.text, file.explained}:
                path = tmp_path / "frr.conf"
                path.write_text(text, encoding="utf-8")
                done = subprocess.run(
                    [vtysh, "--dryrun", "--inputfile", str(path)],
                    capture_output=True, text=True, check=False,
                )  # fmt: skip
                assert done.returncode == 0, f"{file.name}: {done.stdout}{done.stderr}"


def test_vtysh_would_refuse_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "frr.conf"
    path.write_text(files("hub-route-based")["gateway-1"].replace("remote-as", "remote-az"))
    done = subprocess.run([tool("vtysh"), "-C", "-f", str(path)], capture_output=True, check=False)
    assert done.returncode != 0


def test_neighbours_know_each_other_by_number_and_address() -> None:
    texts = files("hub-route-based")
    own = {name: re.findall(r"^router bgp (\d+)", text, re.M)[0] for name, text in texts.items()}
    assert len(set(own.values())) == 6, "each site has a number of its own"
    hub = dict(re.findall(r"neighbor (\S+) remote-as (\d+)", texts["hub-gateway"]))
    assert set(hub.values()) == set(own.values()) - {own["hub-gateway"]}
    for name, text in texts.items():
        if name != "hub-gateway":
            [(_, number)] = re.findall(r"neighbor (\S+) remote-as (\d+)", text)
            assert number == own["hub-gateway"]
    assert all(address.startswith("169.254.21.") for address in hub)


def test_both_ends_have_the_addresses_that_the_script_gives() -> None:
    made = configure("hub-route-based", "strongswan")
    for folder, text in files("hub-route-based").items():
        script = made[f"{folder}/linux.sh"].text
        peers = set(re.findall(r"neighbor (\S+) remote-as", text))
        assert set(re.findall(r" peer (\S+)/32 dev ipsec", script)) == peers


def test_with_bfd_no_two_interfaces_share_an_address() -> None:
    """FRR 8.4.4 ran BFD in the hub's first tunnel only when they did (23 November 2026)."""
    script = configure("hub-route-based", "strongswan", "hub gateway").files[2].text
    own = re.findall(r"ip address replace (\S+) peer", script)
    assert len(own) == len(set(own)) == 5


def test_every_prefix_of_a_site_is_announced_and_refused_from_others() -> None:
    text = files("new-subnet-route-based")["gateway-3"]
    for prefix in ("10.3.0.0/16", "10.33.0.0/24"):
        assert f"  network {prefix}" in text
        assert f"deny {prefix} le 32" in text


def test_azures_timers_are_azures_and_without_bfd() -> None:
    text = files("active-active")["device-1"]
    assert text.count(" timers 60 180") == 2
    assert "bfd" not in text
    assert "maximum-paths 2" in text
    bfd = profile("strongswan")
    assert (
        f"transmit-interval {bfd.seconds('bfd-interval') * 1000:g}"
        in files("hub-route-based")["gateway-1"]
    )


def test_a_second_region_is_preferred_less_by_a_longer_path() -> None:
    text = files("two-regions")["device-1"]
    assert text.count("set as-path prepend last-as 2") == 1
    assert text.count("route-map FROM-FAR in") == 1
    assert text.count("route-map FROM-PEERS in") == 1
