"""Does anything that is published hold a part of a key? `audited` looks, and tells where."""

from vpnedu.classroom.auditing.fingerprints import Fingerprints
from vpnedu.classroom.auditing.scanning import Hit, Looked, audited

__all__ = ["Fingerprints", "Hit", "Looked", "audited"]
