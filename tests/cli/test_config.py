"""`vpnedu config`: real configurations on the command line."""

import json
import subprocess
from pathlib import Path

from vpnedu.configuring import configure

OFFICE = ("config", "two-sites-policy-based", "--for", "strongswan", "--gateway", "office gateway")


def test_a_single_file_is_printed_as_it_is(vpnedu) -> None:
    done = vpnedu("config", "office-to-cloud", "--for", "azure-cli")
    assert done.code == 0
    assert done.out == configure("office-to-cloud", "azure-cli")["azure.sh"].text
    checked = subprocess.run(["sh", "-n"], input=done.out, text=True, check=False)
    assert checked.returncode == 0


def test_several_files_each_bear_their_name(vpnedu) -> None:
    out = vpnedu(*OFFICE).out
    for file in configure("two-sites-policy-based", "strongswan", "office gateway").files:
        assert f"# {file.name}: {file.place}\n{file.text}" in out


def test_what_to_replace_and_what_is_lost_goes_to_standard_error(vpnedu) -> None:
    done = vpnedu("config", "point-to-site", "--for", "bicep")
    assert "lost: Ida's client: a person's device" in done.err
    assert "lost:" not in done.out
    assert "replace: PSK_TUNNEL_TO_BRANCH, by a pre-shared key of your own\n" in vpnedu(*OFFICE).err


def test_explained_it_is_the_same_with_comments(vpnedu) -> None:
    out = vpnedu(*OFFICE, "--explain").out
    assert "    # IKEv2 and nothing older. (RFC 7296)\n    version = 2\n" in out


def test_files_are_written_where_they_are_wanted(vpnedu, tmp_path: Path) -> None:
    done = vpnedu("config", "hub-route-based", "--for", "frr", "--out", tmp_path)
    assert (done.code, done.out) == (0, "")
    for file in configure("hub-route-based", "frr").files:
        assert (tmp_path / file.name).read_text(encoding="utf-8") == file.text
        assert f"wrote {tmp_path / file.name}, for {file.place}" in done.err


def test_strict_writes_nothing_where_something_is_lost(vpnedu, tmp_path: Path) -> None:
    done = vpnedu("config", "point-to-site", "--for", "bicep", "--out", tmp_path, "--strict")
    assert (done.code, done.out) == (1, "")
    assert done.err.endswith("Nothing was written: --strict allows no loss.\n")
    assert list(tmp_path.iterdir()) == []
    assert vpnedu(*OFFICE, "--strict").code == 0, "here nothing is lost"


def test_json_holds_every_line_with_its_reason(vpnedu) -> None:
    [made] = vpnedu(*OFFICE, "--json").objects
    assert (made["scenario"], made["for"]) == ("two-sites-policy-based", "strongswan")
    assert made["secrets"] == ["PSK_TUNNEL_TO_BRANCH"]
    lines = made["files"][0]["lines"]
    [version] = [line for line in lines if line["text"].strip() == "version = 2"]
    assert version["why"] == "IKEv2 and nothing older."
    assert version["source"] == "RFC 7296"
    assert json.dumps(made, sort_keys=True) == json.dumps(
        vpnedu(*OFFICE, "--json").objects[0], sort_keys=True
    )


def test_the_state_of_affairs_of_a_preset_can_be_asked_for(vpnedu) -> None:
    closed = ("config", "fails-closed", "--for", "strongswan", "--gateway", "office-gateway")
    assert "ip route replace 10.2.0.0/16" not in vpnedu(*closed).out, "its route is lost there"
    assert "ip route replace 10.2.0.0/16" in vpnedu(*closed, "--preset", "1").out


def test_what_is_wrong_is_one_line_with_the_nearest_names(vpnedu) -> None:
    for arguments, said in (
        (("two-sites", "--for", "bicep"), "scenario: there is no 'two-sites'; nearest: two-sites-"),
        (("active-active", "--for", "azure"), "--for: there is no 'azure'; there are strongswan,"),
        (
            ("office-to-cloud", "--for", "bicep", "--gateway", "clod"),
            "--gateway: there is no 'clod'",
        ),
        (("office-to-cloud", "--for", "bicep", "--preset", "x"), "--preset: 'x' is not a whole"),
        (("office-to-cloud", "--for", "bicep", "--preset", "99"), "--preset: 99 is none of this"),
    ):
        done = vpnedu("config", *arguments)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(said)
        assert done.err.count("\n") == 1


def test_a_folder_that_is_a_file_is_told(vpnedu, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("")
    done = vpnedu(*OFFICE, "--out", path)
    assert done.code == 2
    assert "Not a directory" in done.err or "is a file" in done.err
