"""A fixture: AES-GCM from a compiled library, so that a thousand long packets take seconds."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vpnedu.network import aes_gcm


@pytest.fixture
def quick(monkeypatch):
    """Seals with a compiled library: the same bytes, as tests/network/test_aes_gcm.py proves."""

    def encrypt(key, nonce, plain, associated):
        return AESGCM(key).encrypt(nonce, plain, associated)

    def decrypt(key, nonce, sealed, associated):
        return AESGCM(key).decrypt(nonce, sealed, associated)

    monkeypatch.setattr(aes_gcm, "encrypt", encrypt)
    monkeypatch.setattr(aes_gcm, "decrypt", decrypt)
