"""ESP packets byte for byte: the published vectors, and what a receiver notices."""

import json
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from vpnedu.network import esp
from vpnedu.network.aes_gcm import IntegrityError
from vpnedu.network.encapsulation import AES_GCM, sealed_length

VECTORS = json.loads((Path(__file__).parent / "data/esp_aes_gcm.json").read_text())["vectors"]


def key_of(vector) -> esp.SealingKey:
    key, salt = bytes.fromhex(vector["key"]), bytes.fromhex(vector["salt"])
    return esp.SealingKey(int(vector["spi"], 16), key, salt, vector["esn"])


def payload_of(vector) -> bytes:
    return bytes.fromhex(vector["plaintext"])[: -2 - vector["pad_len"]]


def test_there_are_seven_vectors() -> None:
    assert len(VECTORS) == 7
    assert {len(v["key"]) for v in VECTORS} == {32, 48, 64}, "every size of AES key"
    assert {v["esn"] for v in VECTORS} == {True, False}, "with and without 64-bit numbers"


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"case {v['case']}")
def test_the_published_packets_come_out_byte_for_byte(vector) -> None:
    key, sequence = key_of(vector), int(vector["seq"], 16)
    assert key.associated(sequence).hex() == vector["aad"]
    payload = payload_of(vector)
    made = esp.seal(key, sequence, payload, vector["next_header"], bytes.fromhex(vector["iv"]))
    assert made.hex() == vector["wire"]
    assert made[16:].hex() == vector["ct_icv"]
    assert esp.unseal(key, made, sequence) == (payload, vector["next_header"])


def flipped(data: bytes, bit: int) -> bytes:
    """The same bytes but for one bit."""
    return bytes(
        byte ^ (1 << bit % 8 if place == bit // 8 else 0) for place, byte in enumerate(data)
    )


@pytest.mark.parametrize("esn", [False, True])
def test_one_flipped_bit_anywhere_is_noticed(esn) -> None:
    key = esp.SealingKey(0x1234, bytes(range(16)), b"salt", esn)
    sequence = (7 << 32) + 9 if esn else 9
    sealed = esp.seal(key, sequence, b"salary list", 4)
    assert esp.unseal(key, sealed, sequence) == (b"salary list", 4)
    for bit in range(8 * len(sealed)):
        with pytest.raises(IntegrityError):
            esp.unseal(key, flipped(sealed, bit), sequence)


def test_a_receiver_that_guesses_the_high_half_wrong_notices() -> None:
    key = esp.SealingKey(0x1234, bytes(range(16)), b"salt", esn=True)
    sealed = esp.seal(key, (7 << 32) + 9, b"salary list", 4)
    assert sealed[4:8] == b"\0\0\0\x09", "only the low half is sent"
    with pytest.raises(IntegrityError):
        esp.unseal(key, sealed, (8 << 32) + 9)


def test_a_packet_cut_short_is_noticed() -> None:
    key = esp.teaching_key("t")
    sealed = esp.seal(key, 1, b"salary list", 4)
    for length in range(len(sealed)):
        with pytest.raises(IntegrityError):
            esp.unseal(key, sealed[:length])


def test_the_wrong_key_opens_nothing() -> None:
    sealed = esp.seal(esp.teaching_key("tunnel, a to b"), 1, b"salary list", 4)
    with pytest.raises(IntegrityError):
        esp.unseal(esp.teaching_key("tunnel, b to a"), sealed)


def test_what_is_sealed_is_opened_and_is_as_long_as_the_arithmetic_says() -> None:
    random, key = Random(4303), esp.teaching_key("t")
    for length in [*range(40), *(random.randint(40, 300) for _ in range(10))]:
        payload, sequence = random.randbytes(length), random.randint(1, 2**32 - 1)
        sealed = esp.seal(key, sequence, payload, 4)
        assert len(sealed) + 20 == sealed_length(length)
        assert esp.unseal(key, sealed) == (payload, 4)
        assert (len(sealed) - AES_GCM.icv) % 4 == 0, "the ICV stands on a 4-byte edge"


def test_the_fields_cover_the_packet_and_say_what_is_sealed() -> None:
    key = esp.teaching_key("t")
    for length in (20, 21, 22, 23, 100):
        sealed = esp.seal(key, 5, bytes(length), 4)
        fields = esp.fields(sealed, length)
        assert sum(f.length for f in fields) == len(sealed)
        assert [f.start for f in fields] == [
            sum(f.length for f in fields[:i]) for i in range(len(fields))
        ]
        by_name = {f.name: f for f in fields}
        assert by_name["sequence number"].value == "5"
        assert by_name["security parameters index"].value == f"{key.spi:08x}"
        hidden = {f.name for f in fields if f.sealed}
        assert hidden >= {"inner packet", "pad length and next header"}
        assert not hidden & {"IV", "ICV", "sequence number", "security parameters index"}


def test_no_teaching_key_uses_a_reserved_spi(monkeypatch) -> None:
    """0 is never sent, and 1 to 255 are reserved (RFC 4303, 2.1)."""
    zero = SimpleNamespace(digest=lambda: bytes(32))
    monkeypatch.setattr(esp, "sha256", lambda _: zero)
    assert esp.teaching_key("t").spi == 256


def test_the_two_directions_of_a_tunnel_have_keys_of_their_own() -> None:
    names = [f"tunnel {i}, {way}" for i in range(50) for way in ("a to b", "b to a")]
    keys = [esp.teaching_key(name) for name in names]
    assert len({k.key for k in keys}) == len({k.spi for k in keys}) == len(names)


def test_no_iv_repeats_under_one_key() -> None:
    key = esp.teaching_key("t")
    ivs = {esp.seal(key, sequence, b"", 4)[8:16] for sequence in range(1, 50)}
    assert len(ivs) == 49
