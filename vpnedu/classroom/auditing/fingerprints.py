"""What gives a key away, in a form that survives markup, escapes and line ends.

Texts are compared by their letters and digits alone. A text counts as found where `RUN` of its
letters in a row are there. To find them fast, all windows of `WINDOW` letters of every text are
known, and of what is searched only every `WINDOW`th place is looked at first.

Not looked for is what is public in any case: what forms show, and what a generator says in every
variant, with other numbers, in the book's own drills. Neither are texts shorter than `RUN`, and no
bare answers: "1420" is found everywhere.
"""

import re
import string
from collections.abc import Iterator
from functools import cache

from vpnedu.classroom.issuing.forms import Form, form_data
from vpnedu.classroom.issuing.keys import Key
from vpnedu.quiz.drill import VARIANTS
from vpnedu.quiz.generators import GENERATORS, generate
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question

WINDOW = 20
RUN = 2 * WINDOW

# What stands between the letters of a text on a page or in JSON, and is none of them.
_ESCAPES = re.compile(r'&#?\w{1,8};|\\u[0-9a-fA-F]{4}|\\[nrtbf]|\["(?:code|em|strong)",|<wbr>')
_TAGS = re.compile(r"<[^<>]*>")
_KEPT = (string.ascii_letters + string.digits).encode()
_OTHERS = bytes(set(range(256)) - set(_KEPT))


def letters(text: str) -> bytes:
    """The letters and digits of `text`, small, and nothing else."""
    return text.encode("utf-8", "replace").lower().translate(None, _OTHERS)


def views(text: str) -> Iterator[bytes]:
    """The letters of a file's text: with what stands in its tags, and without."""
    bare = _ESCAPES.sub("", text)
    yield letters(bare)
    if "<" in bare:
        yield letters(_TAGS.sub("", bare))


class Fingerprints:
    """All that must not be found of `key`.

    `words` are its secret and its canary, looked for as they stand.
    """

    def __init__(self, key: Key):
        self.words = {
            key.secret.hex().encode(): "the key's secret",
            key.canary.encode(): "the key's canary",
        }
        self._windows: dict[bytes, list[tuple[bytes, int, str]]] = {}
        shown = b"\0".join(map(letters, _shown(key)))
        for slot in key.paper.slots:
            for question in slot.pool:
                public = shown + _practised(question.id.rpartition("-")[0])
                for what, text in secrets(question):
                    self._add(letters(plain(text)), f"{slot.name}: {what}", public)

    def __len__(self) -> int:
        return len(self._windows)

    def found(self, text: str) -> dict[str, str]:
        """What `text` gives away, by what it is: the letters that were found."""
        hits: dict[str, str] = {}
        for seen in views(text):
            for word, what in self.words.items():
                if word in seen:
                    hits.setdefault(what, word.decode()[:8] + "…")
            for at in range(0, len(seen) - WINDOW + 1, WINDOW):
                for known, start, what in self._windows.get(seen[at : at + WINDOW], ()):
                    run = _run(seen, at, known, start)
                    if len(run) >= RUN:
                        hits.setdefault(what, run.decode())
        return hits

    def _add(self, text: bytes, what: str, public: bytes) -> None:
        if len(text) < RUN:
            return
        for at in range(len(text) - WINDOW + 1):
            window = text[at : at + WINDOW]
            if window not in public:
                self._windows.setdefault(window, []).append((text, at, what))


def _run(seen: bytes, at: int, known: bytes, start: int) -> bytes:
    """The letters in a row that are the same around place `at` of one and `start` of the other."""
    first, last = 0, WINDOW
    while at - first > 0 and start - first > 0 and seen[at - first - 1] == known[start - first - 1]:
        first += 1
    while (
        at + last < len(seen)
        and start + last < len(known)
        and seen[at + last] == known[start + last]
    ):
        last += 1
    return known[start - first : start + last]


@cache
def _practised(generator: str) -> bytes:
    """All that the book's own variants of a generator say; nothing where there is none."""
    if generator not in GENERATORS:
        return b""
    variants = (generate(generator, seed) for seed in range(VARIANTS))
    return b"\0".join(letters(plain(text)) for one in variants for _, text in secrets(one))


def secrets(question: Question) -> Iterator[tuple[str, str]]:
    """The texts of a question that a form must not hold, each with what it is."""
    yield "explanation", question.explain
    for hint in question.hints:
        yield "hint", hint.text
    answer = question.answer
    for name in ("choices", "items", "steps", "fields", "mistakes"):
        for one in getattr(answer, name, ()):
            yield "feedback", one.says


def _shown(key: Key) -> Iterator[str]:
    """Every text that forms show."""
    for learner in key.learners[:1]:
        yield str(form_data(Form(key, learner))["told"])
    for slot in key.paper.slots:
        for question in slot.pool:
            yield plain(question.text)
            yield from _offered(question)


def _offered(question: Question) -> Iterator[str]:
    answer = question.answer
    for name in ("choices", "items", "steps"):
        yield from (plain(one.text) for one in getattr(answer, name, ()))
    yield from (plain(text) for _, text in getattr(answer, "options", ()))
    if question.table:
        yield question.table.caption
        yield from (" ".join(row) for row in question.table.rows)
