"""AES-GCM in plain Python, held equal to the `cryptography` package."""

from random import Random

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vpnedu.network import aes_gcm


@pytest.mark.parametrize("size", [16, 24, 32])
def test_it_seals_as_the_cryptography_package_does(size) -> None:
    random = Random(size)
    for length in [0, 1, 15, 16, 17, 31, 32, 33, 255, *(random.randint(0, 400) for _ in range(30))]:
        key, nonce = random.randbytes(size), random.randbytes(12)
        plaintext, associated = (
            random.randbytes(length),
            random.randbytes(random.choice([0, 8, 12])),
        )
        sealed = aes_gcm.encrypt(key, nonce, plaintext, associated)
        assert sealed == AESGCM(key).encrypt(nonce, plaintext, associated)
        assert aes_gcm.decrypt(key, nonce, sealed, associated) == plaintext


@pytest.mark.parametrize(
    ("key", "sealed"),
    [  # FIPS 197, appendix C
        ("000102030405060708090a0b0c0d0e0f", "69c4e0d86a7b0430d8cdb78070b4c55a"),
        ("000102030405060708090a0b0c0d0e0f1011121314151617", "dda97ca4864cdfe06eaf70a0ec0d7191"),
        (
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
            "8ea2b7ca516745bfeafc49904b496089",
        ),
    ],
)
def test_one_block_is_as_the_standard_prints_it(key, sealed) -> None:
    block = bytes.fromhex("00112233445566778899aabbccddeeff")
    assert aes_gcm._encrypt_block(bytes.fromhex(key), block).hex() == sealed
    witness = Cipher(algorithms.AES(bytes.fromhex(key)), modes.ECB()).encryptor()
    assert witness.update(block).hex() == sealed


def test_every_flipped_bit_is_noticed() -> None:
    key, nonce, associated = bytes(range(16)), bytes(12), b"\1\2\3\4\5\6\7\10"
    sealed = aes_gcm.encrypt(key, nonce, b"salary list", associated)
    for bit in range(8 * len(sealed)):
        with pytest.raises(aes_gcm.IntegrityError):
            aes_gcm.decrypt(key, nonce, flipped(sealed, bit), associated)
    for bit in range(8 * len(associated)):
        with pytest.raises(aes_gcm.IntegrityError):
            aes_gcm.decrypt(key, nonce, sealed, flipped(associated, bit))
    for bit in (0, 95):
        with pytest.raises(aes_gcm.IntegrityError):
            aes_gcm.decrypt(key, flipped(nonce, bit), sealed, associated)
        with pytest.raises(aes_gcm.IntegrityError):
            aes_gcm.decrypt(flipped(key, bit), nonce, sealed, associated)
    with pytest.raises(InvalidTag):
        AESGCM(key).decrypt(nonce, flipped(sealed, 0), associated)


def flipped(data: bytes, bit: int) -> bytes:
    """The same bytes but for one bit."""
    return bytes(
        byte ^ (1 << bit % 8 if place == bit // 8 else 0) for place, byte in enumerate(data)
    )


@pytest.mark.parametrize("sealed", [b"", b"\0", bytes(15), bytes(16)])
def test_too_short_to_be_sealed_is_altered(sealed) -> None:
    with pytest.raises(aes_gcm.IntegrityError):
        aes_gcm.decrypt(bytes(16), bytes(12), sealed, b"")


def test_wrong_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="16, 24 or 32 bytes, not 20"):
        aes_gcm.encrypt(bytes(20), bytes(12), b"", b"")
    with pytest.raises(ValueError, match="12 bytes, not 8"):
        aes_gcm.encrypt(bytes(16), bytes(8), b"", b"")
