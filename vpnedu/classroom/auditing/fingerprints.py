"""What gives a key away, in a form that survives markup, escapes and line ends.

Texts are compared by their letters and digits alone. A text counts as found where `RUN` of its
letters in a row are there. To find them fast, all windows of `WINDOW` letters of every text are
known, and of what is searched only every `WINDOW`th place is looked at first.

Not looked for is what is public in any case: what forms show, and what a generator says in every
variant, with other numbers, in the book's own drills. Neither are texts shorter than a run, and no
bare answers: "1420" is found everywhere.
"""

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from vpnedu.classroom.issuing.forms import Form, form_data
from vpnedu.classroom.issuing.keys import Key
from vpnedu.quiz.drill import VARIANTS
from vpnedu.quiz.generators import GENERATORS, generate
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question

WINDOW = 20
RUN = 2 * WINDOW
# Generators build sentences of the same parts as the book does: of theirs more has to be there.
RUN_OF_VARIANT = 6 * WINDOW

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

    `words` are its secret and its canary, looked for as they stand. Of `blind` questions nothing
    can be told from what is public: their texts are short, not in Latin letters, or said in drills.
    """

    def __init__(self, key: Key):
        self.words = {
            key.secret.hex().encode(): "the key's secret",
            key.canary.encode(): "the key's canary",
        }
        self._windows: dict[bytes, list[tuple[_Text, int]]] = {}
        shown = _windows(_shown(key))
        self.blind = 0
        for slot in key.paper.slots:
            for question in slot.pool:
                topic = _topic(question)
                run = RUN_OF_VARIANT if topic else RUN
                seen = False
                for what, text in secrets(question):
                    one = _Text(letters(plain(text)), f"{slot.name}: {what}", run)
                    seen = self._add(one, (shown, _practised(topic))) or seen
                self.blind += int(not seen)

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
                for known, start in self._windows.get(seen[at : at + WINDOW], ()):
                    run = _run(seen, at, known.letters, start)
                    if len(run) >= known.run:
                        hits.setdefault(known.what, run.decode())
        return hits

    def _add(self, text: "_Text", public: tuple[set[bytes], ...]) -> bool:
        """Look for `text` from now on; whether there is something in it to look for."""
        found = False
        if len(text.letters) < text.run:
            return found
        for at in range(len(text.letters) - WINDOW + 1):
            window = text.letters[at : at + WINDOW]
            if not any(window in windows for windows in public):
                self._windows.setdefault(window, []).append((text, at))
                found = True
        return found


@dataclass(frozen=True, slots=True)
class _Text:
    """A secret text: its letters, what it is, and how many in a row give it away."""

    letters: bytes
    what: str
    run: int


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


def _windows(texts: Iterable[str]) -> set[bytes]:
    """All windows of texts."""
    runs = map(letters, texts)
    return {run[at : at + WINDOW] for run in runs for at in range(len(run) - WINDOW + 1)}


def _topic(question: Question) -> str:
    """The topic of the generator that wrote a question, empty where none did."""
    generator = GENERATORS.get(question.id.rpartition("-")[0])
    return generator.topic if generator else ""


@cache
def _practised(topic: str) -> set[bytes]:
    """The windows of all that the book's drills say on a topic, whose generators share words."""
    names = [name for name, one in GENERATORS.items() if one.topic == topic]
    drills = (generate(name, seed) for name in names for seed in range(VARIANTS))
    return _windows(plain(text) for one in drills for _, text in secrets(one))


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
