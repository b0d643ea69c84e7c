"""What is handed in is read strictly: mended where that is safe, refused for a reason elsewhere."""

import hashlib
import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pytest

from vpnedu.classroom.collecting.submissions import Submission, canonical, digest_of, read, receipt
from vpnedu.quiz.strict import Unreadable

VECTORS = json.loads((Path(__file__).parent / "submission_vectors.json").read_text("utf-8"))
BODY: dict[str, Any] = {
    "schema": "vpnedu-submission/1",
    "quiz": "week3",
    "issue": "0123456789ab",
    "form": "7K3M9QPT",
    "tag": "0123456789abcdef0123",
    "learner": "ada",
    "attempt": 1,
    "client": {"app": "vpnedu 1", "saved": "2026-12-01T10:00:00Z", "zone": "Europe/Berlin"},
    "answers": {"k000001": "k00000a", "k000002": ["k00000b"], "k000003": "1 420 “é”"},
}


def sealed(**changes: Any) -> dict[str, Any]:
    """A file's content with these changes and a digest that fits; `...` takes a name out."""
    body = {name: value for name, value in (BODY | changes).items() if value is not ...}
    return body | {"digest": digest_of(body)}


def code(data: bytes) -> str:
    """Why a file is refused."""
    with pytest.raises(Unreadable) as refused:
        read(data)
    return refused.value.code


GOOD = canonical(sealed())
TEXT = GOOD.decode()
BODY_DIGEST = digest_of(BODY)


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["name"])
def test_python_writes_the_bytes_that_the_page_writes(case: dict[str, Any]) -> None:
    submission = read(case["text"].encode())
    assert submission.repaired == ()
    assert (submission.digest, submission.receipt) == (case["digest"], case["receipt"])
    assert receipt(case["digest"]) == case["receipt"]
    body = {"schema": BODY["schema"], **case["form"], "client": case["client"]}
    body |= {"answers": case["answers"]}
    if case["name"] == "half a sign":
        with pytest.raises(UnicodeEncodeError):
            canonical(body)
    else:
        assert canonical(body | {"digest": digest_of(body)}).decode() == case["text"]


def test_what_was_answered_comes_back() -> None:
    found = read(GOOD)
    for name in ("quiz", "issue", "form", "tag", "learner", "attempt", "client", "answers"):
        assert getattr(found, name) == BODY[name]
    assert found.repaired == ()


REFUSED: dict[str, tuple[str, bytes]] = {
    "nothing": ("empty", b""),
    "blanks": ("empty", b" \r\n\t"),
    "too much": ("too-big", b'{"a":"' + b"x" * 256_000 + b'"}'),
    "Latin-1": ("not-utf8", TEXT.encode("latin-1", "replace").replace(b"?", b"\xe9")),
    "half of UTF-16": ("not-utf8", b"\xff\xfe{"),
    "a picture": ("not-utf8", b"\x89PNG\r\n\x1a\n\x00\x00"),
    "words": ("not-json", b"my answers are in the mail"),
    "a page": ("not-json", b"<!doctype html><p>Sign in</p>"),
    "the form itself": ("not-json", b"<style>a { b: c }</style>"),
    "two files in one": ("not-json", GOOD + GOOD),
    "NaN": ("nan", TEXT.replace('"attempt":1', '"attempt":NaN').encode()),
    "infinity": ("nan", TEXT.replace('"attempt":1', '"attempt":-Infinity').encode()),
    "a name twice": ("dup-key", TEXT.replace("{", '{"quiz":"other",', 1).encode()),
    "a name twice further in": ("dup-key", TEXT.replace('"app"', '"zone":"UTC","app"').encode()),
    "an answer twice": ("dup-key", TEXT.replace('"k000001"', '"k000003"').encode()),
    "ten thousand brackets": ("too-deep", b"[" * 10_000 + b"]" * 10_000),
    "ten thousand answers in each other": (
        "too-deep",
        TEXT.replace('"k00000a"', '{"a":' * 10_000 + "1" + "}" * 10_000).encode(),
    ),
    "a list": ("bad-schema", b"[]"),
    "another schema": ("bad-schema", canonical(sealed(schema="vpnedu-submission/2"))),
    "a progress file": ("bad-schema", b'{"schema":"vpnedu-progress/1"}'),
    "one name more": ("bad-schema", canonical(sealed(score=10))),
    "no form": ("bad-schema", canonical(sealed(form=...))),
    "no answers": ("bad-schema", canonical(sealed(answers=...))),
    "answers in a list": ("bad-schema", canonical(sealed(answers=[]))),
    "a thousand and one answers": (
        "bad-schema",
        canonical(sealed(answers={f"k{number}": "" for number in range(1001)})),
    ),
    "an attempt in words": ("bad-schema", canonical(sealed(attempt="1"))),
    "the attempt true": ("bad-schema", canonical(sealed(attempt=True))),
    "the attempt 1.0": ("bad-schema", TEXT.replace('"attempt":1', '"attempt":1.0').encode()),
    "the attempt 100": ("bad-schema", canonical(sealed(attempt=100))),
    "an attempt of 4,400 digits": (
        "bad-schema",
        TEXT.replace('"attempt":1', '"attempt":' + "1" * 4400).encode(),
    ),
    "a client that says more": ("bad-schema", canonical(sealed(client={"score": "10"}))),
    "a client of much": ("bad-schema", canonical(sealed(client={"app": "x" * 201}))),
    "a client of numbers": ("bad-schema", canonical(sealed(client={"app": 1}))),
    "a learner of blanks": ("bad-schema", canonical(sealed(learner="a b"))),
    "a learner in a path": ("bad-schema", canonical(sealed(learner="../ada"))),
    "a tag in capitals": ("bad-schema", canonical(sealed(tag="0123456789ABCDEF0123"))),
    "half a sign": ("bad-schema", TEXT.replace("k00000a", "\\ud83d").encode()),
    "no learner": ("missing-learner", canonical(sealed(learner=...))),
    "an empty learner": ("missing-learner", canonical(sealed(learner=""))),
    "another answer": ("bad-digest", TEXT.replace("1 420", "1 421").encode()),
    "another learner": ("bad-digest", TEXT.replace('"ada"', '"bob"').encode()),
    "another digest": ("bad-digest", canonical(sealed() | {"digest": "0" * 64})),
}


@pytest.mark.parametrize(("expected", "data"), REFUSED.values(), ids=REFUSED)
def test_a_file_is_refused_for_its_reason(expected: str, data: bytes) -> None:
    assert code(data) == expected


def test_what_is_wrong_is_told_with_its_place() -> None:
    with pytest.raises(Unreadable, match=r"attempt.*from 1 to 99"):
        read(canonical(sealed(attempt=0)))


MENDED: dict[str, tuple[Callable[[str], bytes], tuple[str, ...]]] = {
    "a byte order mark": (lambda text: text.encode("utf-8-sig"), ("byte-order-mark",)),
    "UTF-16": (lambda text: text.encode("utf-16"), ("utf-16",)),
    "UTF-16 the other way": (lambda text: b"\xfe\xff" + text.encode("utf-16-be"), ("utf-16",)),
    "a line end": (lambda text: f"{text}\n".encode(), ()),
    "a Windows line end": (lambda text: f"{text}\r\n".encode(), ()),
    "indents": (lambda text: json.dumps(json.loads(text), indent=2).encode(), ("rewritten",)),
    "another order": (
        lambda text: json.dumps(dict(reversed(json.loads(text).items()))).encode(),
        ("rewritten",),
    ),
    "a page around it": (
        lambda text: f"<html><body><p>{escape(text)}</p></body></html>".encode(),
        ("unwrapped",),
    ),
    "a page with breaks in it": (
        lambda text: f"<pre>{escape(text).replace(',', ',<br>')}</pre>".encode(),
        ("unwrapped",),
    ),
}


@pytest.mark.parametrize(("harm", "noted"), MENDED.values(), ids=MENDED)
def test_what_mails_and_editors_do_to_a_file_is_mended_and_noted(
    harm: Callable[[str], bytes], noted: tuple[str, ...]
) -> None:
    found = read(harm(TEXT))
    assert found.repaired == noted
    assert said(found) == said(read(GOOD))


def said(found: Submission) -> tuple[Any, ...]:
    """All that is believed of a submission."""
    who = (found.quiz, found.issue, found.form, found.tag, found.learner, found.attempt)
    return (*who, found.answers, found.client, found.digest)


def harmed() -> dict[str, bytes]:
    """The good file with every bit of it turned, every byte left out, and one put in anywhere."""
    files = {}
    for at in range(len(GOOD) + 1):
        for more in b'\x00 \n,"0a\xc3':
            files[f"{at} put in {more}"] = GOOD[:at] + bytes([more]) + GOOD[at:]
    for at, byte in enumerate(GOOD):
        files[f"{at} left out"] = GOOD[:at] + GOOD[at + 1 :]
        for bit in range(8):
            files[f"{at} bit {bit}"] = GOOD[:at] + bytes([byte ^ 1 << bit]) + GOOD[at + 1 :]
    return files


def test_no_single_byte_can_be_changed_unseen() -> None:
    accepted = []
    for name, data in harmed().items():
        try:
            found = read(data)
        except Unreadable:
            continue
        # Only white space between parts may have changed, and that is noted.
        assert said(found) == said(read(GOOD)), name
        accepted.append(name)
        assert found.repaired == ("rewritten",) or data == GOOD + b"\n", name
    assert all("put in 32" in name or "put in 10" in name for name in accepted)


def test_a_file_cut_short_anywhere_is_refused() -> None:
    codes = {code(GOOD[:end]) for end in range(len(GOOD))}
    assert codes <= {"empty", "not-json", "not-utf8"}


def test_a_receipt_stands_for_every_bit_it_holds() -> None:
    digest = "0" * 64
    codes = {receipt(f"{1 << 255 - bit:064x}") for bit in range(50)}
    assert len(codes) == 50
    assert receipt(digest) == "0000-0000-00"
    assert not set("ILOU") & set("".join(codes))


def test_half_a_character_is_refused_though_the_digest_is_of_the_bytes_as_they_stand() -> None:
    text = TEXT.replace("1 420 “é”", "1\\ud8005")
    assert text != TEXT
    # Who edits a file can compute the digest of whatever stands in it.
    body = text.replace(f',"digest":"{BODY_DIGEST}"', "")
    digest = hashlib.sha256(body.encode()).hexdigest()
    assert code(text.replace(BODY_DIGEST, digest).encode()) == "bad-schema"
