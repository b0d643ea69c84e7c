"""Other people's IPsec opens our packets: scapy and tshark, with the same keys, field by field."""

import os
import shutil
import struct
import subprocess
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from vpnedu.network.explained import Explained, Face, Specimen
from vpnedu.network.specimens import KINDS, specimen

RAW_IP = 101  # a capture's link type: packets begin with their IP header
# Where scapy and tshark keep a field, "" if they don't, and how to read our bytes the same way.
Read = tuple[str, str, Callable[[bytes], object]]
FIRST_FOUR, LAST_FOUR = (lambda b: b[0] >> 4), (lambda b: b[0] & 15)


def number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def address(data: bytes) -> str:
    return str(ip_address(data))


def ends(layer: str) -> dict[str, tuple[Read, ...]]:
    return {
        "source address": (("src", f"{layer}.src", address),),
        "destination address": (("dst", f"{layer}.dst", address),),
    }


def ports(layer: str) -> dict[str, tuple[Read, ...]]:
    return {
        "source port": (("sport", f"{layer}.srcport", number),),
        "destination port": (("dport", f"{layer}.dstport", number),),
        "checksum": (("chksum", f"{layer}.checksum", number),),
        "data": (("load", f"{layer}.payload", bytes.hex),),
    }


FIELDS: dict[str, dict[str, tuple[Read, ...]]] = {
    "IP": ends("ip")
    | {
        "version and header length": (
            ("version", "ip.version", FIRST_FOUR),
            ("ihl", "", LAST_FOUR),
            ("", "ip.hdr_len", lambda b: 4 * (b[0] & 15)),
        ),
        "DSCP and ECN": (("tos", "ip.dsfield", number),),
        "total length": (("len", "ip.len", number),),
        "identification": (("id", "ip.id", number),),
        "flags and fragment offset": (
            ("flags", "ip.flags", lambda b: b[0] >> 5),
            ("frag", "ip.frag_offset", lambda b: number(b) & 0x1FFF),
        ),
        "time to live": (("ttl", "ip.ttl", number),),
        "protocol": (("proto", "ip.proto", number),),
        "header checksum": (("chksum", "ip.checksum", number),),
    },
    "IPv6": ends("ipv6")
    | {
        "version, class, flow label": (
            ("version", "ipv6.version", FIRST_FOUR),
            ("tc", "ipv6.tclass", lambda b: number(b) >> 20 & 255),
            ("fl", "ipv6.flow", lambda b: number(b) & 0xFFFFF),
        ),
        "payload length": (("plen", "ipv6.plen", number),),
        "next header": (("nh", "ipv6.nxt", number),),
        "hop limit": (("hlim", "ipv6.hlim", number),),
    },
    "TCP": ports("tcp")
    | {
        "TCP sequence number": (("seq", "tcp.seq_raw", number),),
        "acknowledgement number": (("ack", "tcp.ack_raw", number),),
        "data offset": (
            ("dataofs", "", FIRST_FOUR),
            ("", "tcp.hdr_len", lambda b: 4 * (b[0] >> 4)),
        ),
        "flags": (("flags", "tcp.flags", number),),
        "window": (("window", "tcp.window_size_value", number),),
        "urgent pointer": (("urgptr", "tcp.urgent_pointer", number),),
    },
    "UDP": ports("udp") | {"length": (("len", "udp.length", number),)},
    "ICMP": {
        "type": (("type", "icmp.type", number),),
        "code": (("code", "icmp.code", number),),
        "checksum": (("chksum", "icmp.checksum", number),),
        "identifier": (("id", "icmp.ident", number),),
        "echo sequence number": (("seq", "icmp.seq", number),),
        "data": (("load", "data.data", bytes.hex),),
    },
    "ESP": {
        "security parameters index": (("spi", "esp.spi", number),),
        "sequence number": (("seq", "esp.sequence", number),),
        "IV": (("", "esp.iv", bytes.hex),),
        "padding": (("", "esp.pad", bytes.hex),),
        "pad length": (("", "esp.pad_len", number),),
        "next header": (("", "esp.protocol", number),),
        "ICV": (("", "esp.icv", bytes.hex),),
    },
}
OF_ESP = ("ESP header", "initialisation vector", "ESP trailer", "integrity check")


def layer(field: Explained, face: Face) -> str:
    """The name of the header that a field belongs to, as scapy and the table above have it."""
    if field.part in OF_ESP:
        return "ESP"
    if field.part == "data":
        return layer(face.fields[-2] if face.fields[-1] == field else _before_data(face), face)
    return field.part.split()[-2].replace("IPv4", "IP")


def _before_data(face: Face) -> Explained:
    place = next(i for i, field in enumerate(face.fields) if field.part == "data")
    return face.fields[place - 1]


def reads(face: Face) -> list[tuple[str, Explained, str, str, object]]:
    """Layer, field, its two names, and what our bytes say, in the order of the packet."""
    found = []
    for field in face.fields:
        of = layer(field, face)
        data = face.data[field.start : field.end]
        found += [
            (of, field, ours, theirs, read(data)) for ours, theirs, read in FIELDS[of][field.name]
        ]
    return found


def missing(what: str) -> None:
    """Skip for want of a witness, but never in CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is not installed", pytrace=False)
    pytest.skip(f"{what} is not installed")


def scapys(each: Specimen, data: bytes) -> tuple[Any, Any]:
    """The outer packet and what is inside it, as scapy reads them."""
    try:
        from scapy.layers.inet import IP, UDP
        from scapy.layers.inet6 import IPv6
        from scapy.layers.ipsec import ESP, SecurityAssociation
    except ImportError:
        missing("scapy")
    family = IP if data[0] >> 4 == 4 else IPv6
    outer = family(data)
    association = SecurityAssociation(
        ESP,
        spi=each.key.spi,
        crypt_algo="AES-GCM",
        crypt_key=each.key.key + each.key.salt,
        auth_algo="NULL",
        tunnel_header=family(src=outer.src, dst=outer.dst),
        nat_t_header=UDP(sport=4500, dport=4500) if UDP in outer else None,
    )
    return outer, association.decrypt(outer.copy(), verify=True)


@pytest.mark.parametrize("name", KINDS)
def test_scapy_opens_the_packet_and_reads_the_same_fields(name: str) -> None:
    each = specimen(name)
    outer, inner = scapys(each, each.wire.data)
    assert bytes(inner) == each.before.data
    compared = 0
    for face, packet in ((each.wire, outer), (each.before, inner)):
        for of, field, ours, _, says in reads(Face(face.data, clear(face))):
            if ours:
                found = packet["Raw" if field.part == "data" else of].getfieldval(ours)
                found = found.hex() if isinstance(found, bytes) else found
                assert (field.name, found) == (field.name, says)
                compared += 1
    assert compared > 20


def clear(face: Face) -> tuple[Explained, ...]:
    return tuple(field for field in face.fields if not field.sealed)


@pytest.mark.parametrize("name", KINDS)
def test_scapy_refuses_a_flipped_bit(name: str) -> None:
    each = specimen(name)
    assert bytes(scapys(each, each.wire.data)[1]) == each.before.data
    from scapy.layers.ipsec import IPSecIntegrityError

    hidden = next(field for field in each.wire.fields if field.sealed)
    for place in (hidden.start - 9, hidden.start - 1, hidden.start, hidden.end - 1, -1):
        data = bytearray(each.wire.data)
        data[place] ^= 1
        with pytest.raises(IPSecIntegrityError):
            scapys(each, bytes(data))


def tsharks(each: Specimen, data: bytes, names: list[str], folder: Path) -> dict[str, list[str]]:
    """What tshark reads in `data`, field by field, each as often as it comes."""
    if not shutil.which("tshark"):
        missing("tshark")
    capture = folder / "packet.pcap"
    head = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, RAW_IP)
    capture.write_bytes(head + struct.pack("<IIII", 0, 0, len(data), len(data)) + data)
    keys = (
        f'uat:esp_sa:"IPv{data[0] >> 4}","*","*","0x{each.key.spi:08x}",'
        '"AES-GCM with 16 octet ICV [RFC4106]",'
        f'"0x{(each.key.key + each.key.salt).hex()}","NULL",""'
    )
    settings = ("esp.enable_encryption_decode:TRUE", "esp.enable_authentication_check:TRUE", keys)
    command = ["tshark", "-r", str(capture), *(word for each in settings for word in ("-o", each))]
    command += ["-T", "fields", "-E", "occurrence=a", "-E", "aggregator=|"]
    command += [word for name in names for word in ("-e", name)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    columns = done.stdout.rstrip("\n").split("\t")
    return {name: text.split("|") for name, text in zip(names, columns, strict=True)}


@pytest.mark.parametrize("name", KINDS)
def test_tshark_opens_the_packet_and_reads_the_same_fields(name: str, tmp_path: Path) -> None:
    each = specimen(name)
    ours = [(theirs, says) for _, _, _, theirs, says in reads(each.opened) if theirs]
    names = list(dict.fromkeys(theirs for theirs, _ in ours))
    found = tsharks(each, each.wire.data, [*names, "esp.icv_good"], tmp_path)
    assert found["esp.icv_good"] == ["1"]
    for theirs, says in ours:
        text = found[theirs].pop(0)  # the outer header's value comes before the inner one's
        assert (theirs, int(text, 0) if isinstance(says, int) else text) == (theirs, says)
    assert len(ours) > 30


def test_tshark_tells_a_flipped_bit_by_the_check_alone(tmp_path: Path) -> None:
    """The bit comes out flipped at the same place: without the check nobody would notice."""
    each = specimen("tcp")
    data = bytearray(each.wire.data)
    data[80] ^= 1
    found = tsharks(each, bytes(data), ["esp.icv_good", "tcp.payload"], tmp_path)
    assert found["esp.icv_good"] == ["0"]
    was, now = each.opened.data[76:136], bytes.fromhex(found["tcp.payload"][0])
    assert [place for place in range(60) if was[place] != now[place]] == [4]
