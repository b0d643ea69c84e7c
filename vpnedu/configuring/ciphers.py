"""Cipher suites by the names that strongSwan and Azure have for them.

Both ends are written from this one table, since the algorithms must agree: unlike lifetimes,
which IKEv2 doesn't compare (RFC 7296, 2.8).
"""

from dataclasses import dataclass

from vpnedu.network.addresses import InputError
from vpnedu.network.encapsulation import Suite


@dataclass(frozen=True, slots=True)
class Algorithms:
    """One suite's names: strongSwan's for a child SA, and Azure's encryption and integrity."""

    esp: str
    azure: tuple[str, str] | None


# For IKE itself one choice serves all: AES-256, SHA-384, and the group on the curve P-384.
IKE = "aes256-sha384-ecp384"
AZURE_IKE = ("AES256", "SHA384", "ECP384")
# The group of a fresh exchange for each rekeyed child: perfect forward secrecy.
GROUP, AZURE_GROUP = "ecp384", "ECP384"

_OF = {
    "AES-GCM-16": Algorithms("aes256gcm16", ("GCMAES256", "GCMAES256")),
    "AES-CBC + SHA1-96": Algorithms("aes256-sha1", ("AES256", "SHA1")),
    "AES-CBC + SHA256-128": Algorithms("aes256-sha256", ("AES256", "SHA256")),
    "AES-CBC + SHA384-192": Algorithms("aes256-sha384", None),
    "3DES + SHA1-96": Algorithms("3des-sha1", ("DES3", "SHA1")),
}


def algorithms(suite: Suite) -> Algorithms:
    """The names of `suite`."""
    if suite.name not in _OF:
        raise InputError("suite", f"nobody has a name here for {suite.name}")
    return _OF[suite.name]
