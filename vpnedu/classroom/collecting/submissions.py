"""What a form hands in: one JSON file, read strictly, and the receipt that stands for it.

The page writes the same bytes in JavaScript (`widgets/static/handing_in.js`);
`tests/classroom/submission_vectors.json` holds both together. The digest catches damage and
careless edits, not a student who computes it anew: what a file claims of points is not even read.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from vpnedu.classroom.issuing.rosters import ID
from vpnedu.quiz.strict import Unreadable, parsed, short
from vpnedu.quiz.texts import crockford

SCHEMA = "vpnedu-submission/1"
MOST_BYTES = 256_000
DEEPEST = 8
RECEIPT = 10  # letters, of 5 bits each
HIGHEST_ATTEMPT = 99

_TEXTS = {
    "schema": re.compile(r".{1,60}"),
    "quiz": re.compile(r".{1,100}"),
    "issue": re.compile(r"[0-9a-f]{12}"),
    "form": re.compile(r"[0-9A-Z]{8}"),
    "tag": re.compile(r"[0-9a-f]{20}"),
    "digest": re.compile(r"[0-9a-f]{64}"),
}
_REST = ("learner", "attempt", "client", "answers")
_CLIENT = ("app", "started", "saved", "zone")
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_WRAPPED = re.compile(r"\{.*\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Submission:
    """A file as it was handed in; nothing in it is believed but that it is well formed.

    `answers` go by the form's labels. `client` is what the student's browser says of itself, its
    clock included: shown, never counted. `repaired` says what had to be mended to read the file.
    """

    quiz: str
    issue: str
    form: str
    tag: str
    learner: str
    attempt: int
    answers: Mapping[str, Any]
    client: Mapping[str, str]
    digest: str
    repaired: tuple[str, ...] = ()

    @property
    def receipt(self) -> str:
        """The code that the student wrote down, such as 7K3M-9QPT-2X."""
        return receipt(self.digest)


def canonical(data: Mapping[str, Any]) -> bytes:
    """`data` as the only JSON that is the same on every machine; it may hold no float."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(data: Mapping[str, Any]) -> str:
    """SHA-256 of everything in a submission but its digest, in hex."""
    body = {name: value for name, value in data.items() if name != "digest"}
    return hashlib.sha256(canonical(body)).hexdigest()


def receipt(digest: str) -> str:
    """The first fifty bits of a digest as ten letters and digits."""
    code = crockford(bytes.fromhex(digest), RECEIPT)
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def read(data: bytes) -> Submission:
    """The submission in a file's bytes; Unreadable tells by its `code` why there is none.

    A byte order mark, UTF-16 and a page around the JSON are mended, and other white space or order
    of names than the form writes is noted: such a file was opened and saved by something else.
    """
    text, repaired = _text(data)
    values = parsed(text, DEEPEST)
    _check(values)
    if not _as_saved(data, values["digest"]):
        try:
            fits = digest_of(values) == values["digest"]
        except UnicodeEncodeError:
            raise _bad("file", "holds half of a character") from None
        if not fits:
            raise Unreadable("bad-digest", "was changed after it was saved: its digest is another")
        repaired = repaired or ("rewritten",)
    given = {name: value for name, value in values.items() if name != "schema"}
    return Submission(**given, repaired=repaired)


def _as_saved(data: bytes, digest: str) -> bool:
    """Whether these are the very bytes that a form saves, which need not be written anew to know.

    Names are sorted, so the digest is never the first of them. No form writes a character as two
    halves, and one half alone is none.
    """
    if b"\\u" in data and _HALF.search(data):
        return False
    body = data.rstrip(b"\r\n").replace(f',"digest":"{digest}"'.encode(), b"", 1)
    return hashlib.sha256(body).hexdigest() == digest


def _text(data: bytes) -> tuple[str, tuple[str, ...]]:
    if not data.strip():
        raise Unreadable("empty", "is empty")
    if len(data) > MOST_BYTES:
        raise Unreadable("too-big", f"has {len(data):,} bytes; a submission has {MOST_BYTES:,}")
    repaired: tuple[str, ...] = ()
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text, repaired = data.decode("utf-16"), ("utf-16",)
        else:
            text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("not-utf8", "is not UTF-8 text") from None
    if text.startswith("\ufeff"):
        text, repaired = text[1:], (*repaired, "byte-order-mark")
    if text.lstrip().startswith("<") and (found := _WRAPPED.search(text)):
        # A learning platform that took the file for a text shows it as part of a page.
        text, repaired = unescape(re.sub(r"<[^<>]*>", "", found[0])), (*repaired, "unwrapped")
    return text, repaired


def _check(values: Any) -> None:
    if not isinstance(values, dict) or values.get("schema") != SCHEMA:
        raise _bad("file", f"is no submission of this book ({SCHEMA})")
    for name in (*_TEXTS, *_REST):
        if name not in values:
            code = "missing-learner" if name == "learner" else "bad-schema"
            raise Unreadable(code, "is missing", name)
    extra = next((name for name in values if name not in _TEXTS and name not in _REST), None)
    if extra is not None:
        raise _bad("file", f"{short(extra)} does not belong there")
    for name, pattern in _TEXTS.items():
        if not isinstance(values[name], str) or not pattern.fullmatch(values[name]):
            raise _bad(name, "is not as a form writes it")
    _check_who(values)
    _check_parts(values)


def _check_who(values: dict[str, Any]) -> None:
    learner, attempt = values["learner"], values["attempt"]
    if learner in ("", None):
        raise Unreadable("missing-learner", "is missing", "learner")
    if not isinstance(learner, str) or not ID.fullmatch(learner):
        raise _bad("learner", "is no id of a learner")
    # A bool is an int in Python, and a float may equal one.
    if type(attempt) is not int or not 1 <= attempt <= HIGHEST_ATTEMPT:
        raise _bad("attempt", f"must be a whole number from 1 to {HIGHEST_ATTEMPT}")


def _check_parts(values: dict[str, Any]) -> None:
    client, answers = values["client"], values["answers"]
    if not isinstance(client, dict) or not client.keys() <= set(_CLIENT):
        raise _bad("client", f"may hold {', '.join(_CLIENT)} only")
    if not all(isinstance(value, str) and len(value) <= 200 for value in client.values()):
        raise _bad("client", "must hold texts of at most 200 characters")
    if not isinstance(answers, dict) or len(answers) > 1000:
        raise _bad("answers", "must be answers by the labels of a form, at most 1,000")


def _bad(field: str, rule: str) -> Unreadable:
    return Unreadable("bad-schema", rule, field)
