"""Files written whole or not at all, and pages, of which there may be thousands, only once."""

import re
from collections.abc import Callable, Collection, Iterable
from hashlib import sha256
from pathlib import Path

_LINE = re.compile("([0-9a-f]{64}) (.+)")


def put(path: Path, lines: Iterable[str]) -> None:
    """Write a file whole or not at all, whatever happens in between."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
    part.replace(path)


class Pages:
    """The pages in `folder` of what `stamp` stands for, where another run may have begun them.

    The record `.run` holds the stamp, and the SHA-256 and the name of each page that was written
    by it. So a run that was broken off is taken up again, and a page that was damaged, or written
    for something else, is made anew. Other pages, and halves of files, are taken away.
    """

    def __init__(self, folder: Path, stamp: str, names: Collection[str]):
        self._folder, self._stamp = folder, stamp
        self._record = folder / ".run"
        # What is no line is the end of a run that was killed in it, or not ours.
        told = _read(self._record).splitlines()
        known = map(_LINE.fullmatch, told[1:] if told[:1] == [stamp] else ())
        self._known = {one[2]: one[1] for one in known if one}
        self._keep(self._known)
        for old in (*folder.glob("*.html"), *folder.glob("*.part")):
            if old.name not in names:
                old.unlink()

    def put(self, name: str, make: Callable[[], str]) -> None:
        """See that the page is there, and is what `make` gives."""
        path = self._folder / name
        if name in self._known and path.is_file() and _hash(path.read_bytes()) == self._known[name]:
            return
        text = make()
        put(path, [text])
        self._known[name] = _hash(text.encode())
        with self._record.open("a", encoding="utf-8", newline="\n") as file:
            file.write(_line(name, self._known[name]))

    def close(self, names: Iterable[str]) -> None:
        """Leave the record as a run that was never broken off does."""
        self._keep({name: self._known[name] for name in names})

    def _keep(self, known: dict[str, str]) -> None:
        put(self._record, [f"{self._stamp}\n", *(_line(*one) for one in known.items())])


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _line(name: str, hash_: str) -> str:
    return f"{hash_} {name}\n"
