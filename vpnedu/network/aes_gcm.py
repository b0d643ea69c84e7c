"""AES-GCM in the standard library's Python, so that a browser's Python can seal real packets.

For teaching only: it is slow, and its timing depends on the key. Written from FIPS 197 and
NIST SP 800-38D; the tests hold it equal to the `cryptography` package.
"""

from functools import lru_cache

TAG_LENGTH = 16


class IntegrityError(ValueError):
    """The integrity check value does not fit: the packet was altered, or the key is wrong."""


def _sbox() -> bytes:
    """FIPS 197, 5.1.1: the inverse in GF(2^8), then an affine map; 3 generates the field."""
    box, p, q = [0x63] * 256, 1, 1
    while True:
        p ^= (p << 1) ^ (0x11B if p & 0x80 else 0)
        for shift in (1, 2, 4):
            q ^= q << shift
        q &= 0xFF
        if q & 0x80:
            q ^= 0x09
        box[p] = 0x63 ^ q
        for turn in range(1, 5):
            box[p] ^= (q << turn | q >> 8 - turn) & 0xFF
        if p == 1:
            return bytes(box)


_SBOX = _sbox()
_DOUBLE = bytes((x << 1 ^ (0x1B if x & 0x80 else 0)) & 0xFF for x in range(256))


@lru_cache(maxsize=64)
def _round_keys(key: bytes) -> tuple[bytes, ...]:
    """FIPS 197, 5.2: 11, 13 or 15 round keys of 16 bytes."""
    if len(key) not in (16, 24, 32):
        raise ValueError(f"an AES key has 16, 24 or 32 bytes, not {len(key)}")
    words = [key[i : i + 4] for i in range(0, len(key), 4)]
    length, constant = len(words), 1
    for i in range(length, 4 * (length + 7)):
        word = words[-1]
        if i % length == 0:
            word = bytes(_SBOX[b] for b in word[1:] + word[:1])
            word = bytes([word[0] ^ constant]) + word[1:]
            constant = _DOUBLE[constant]
        elif length > 6 and i % length == 4:
            word = bytes(_SBOX[b] for b in word)
        words.append(bytes(a ^ b for a, b in zip(words[-length], word, strict=True)))
    return tuple(b"".join(words[i : i + 4]) for i in range(0, len(words), 4))


def _encrypt_block(key: bytes, block: bytes) -> bytes:
    first, *middle, last = _round_keys(key)
    state = bytes(a ^ b for a, b in zip(block, first, strict=True))
    for round_key in middle:
        state = _mix_columns(_substitute_and_shift(state), round_key)
    return bytes(a ^ b for a, b in zip(_substitute_and_shift(state), last, strict=True))


def _substitute_and_shift(state: bytes) -> bytes:
    return bytes(_SBOX[state[(i + 4 * (i % 4)) % 16]] for i in range(16))


def _mix_columns(state: bytes, round_key: bytes) -> bytes:
    mixed = bytearray()
    for i in range(0, 16, 4):
        column = state[i : i + 4]
        every = column[0] ^ column[1] ^ column[2] ^ column[3]
        for j in range(4):
            doubled = _DOUBLE[column[j] ^ column[(j + 1) % 4]]
            mixed.append(column[j] ^ every ^ doubled ^ round_key[i + j])
    return bytes(mixed)


def _ghash(subkey: bytes, data: bytes) -> int:
    """SP 800-38D, 6.4, over GF(2^128) with its bits written backwards."""
    y, h = 0, int.from_bytes(subkey, "big")
    for i in range(0, len(data), 16):
        x, v, y = y ^ int.from_bytes(data[i : i + 16], "big"), h, 0
        for bit in range(127, -1, -1):
            if x >> bit & 1:
                y ^= v
            v = v >> 1 ^ (0xE1 << 120 if v & 1 else 0)
    return y


def _counter_mode(key: bytes, nonce: bytes, data: bytes) -> bytes:
    blocks = -(-len(data) // 16)
    # Counter 1 is kept for the tag, so the data starts at 2 (SP 800-38D, 7.1).
    stream = b"".join(
        _encrypt_block(key, nonce + (2 + i).to_bytes(4, "big")) for i in range(blocks)
    )
    return bytes(a ^ b for a, b in zip(data, stream, strict=False))


def _tag(key: bytes, nonce: bytes, ciphertext: bytes, associated: bytes) -> bytes:
    def padded(data: bytes) -> bytes:
        return data + bytes(-len(data) % 16)

    lengths = (8 * len(associated)).to_bytes(8, "big") + (8 * len(ciphertext)).to_bytes(8, "big")
    digest = _ghash(
        _encrypt_block(key, bytes(16)), padded(associated) + padded(ciphertext) + lengths
    )
    mask = int.from_bytes(_encrypt_block(key, nonce + b"\0\0\0\1"), "big")
    return (digest ^ mask).to_bytes(16, "big")


def encrypt(key: bytes, nonce: bytes, plaintext: bytes, associated: bytes) -> bytes:
    """Ciphertext, followed by the 16-byte tag. `nonce` has 12 bytes and is used once per key."""
    if len(nonce) != 12:
        raise ValueError(f"the nonce has 12 bytes, not {len(nonce)}")
    ciphertext = _counter_mode(key, nonce, plaintext)
    return ciphertext + _tag(key, nonce, ciphertext, associated)


def decrypt(key: bytes, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
    """The plaintext of what `encrypt` gave; IntegrityError if a bit of anything differs."""
    ciphertext, tag = sealed[:-TAG_LENGTH], sealed[-TAG_LENGTH:]
    if _tag(key, nonce, ciphertext, associated) != tag:
        raise IntegrityError("the integrity check value does not fit")
    return _counter_mode(key, nonce, ciphertext)
