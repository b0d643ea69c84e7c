"""An audit finds a key wherever it leaked to, and nothing in what may be published."""

import base64
import bz2
import gzip
import io
import json
import lzma
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from vpnedu.classroom.auditing import Fingerprints, Looked, audited
from vpnedu.classroom.auditing.pdf_text import pdf_text
from vpnedu.classroom.issuing.forms import Form, form_data
from vpnedu.classroom.issuing.keys import Key
from vpnedu.classroom.issuing.papers import pool
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.network.addresses import InputError
from vpnedu.quiz.drill import VARIANTS
from vpnedu.quiz.exports.printed import printed
from vpnedu.quiz.generators import GENERATORS, generate
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.reading import read
from vpnedu.widgets.quizzes import as_script

SECRET = "The clerk's laptop keeps its own address, so `10.9.0.7` never meets the *second* gateway."
BANK = f'''
title = "Secret"
[[objective]]
id = "o"
text = "say what happens"
section = "s"
[[question]]
id = "clerk"
kind = "single"
objective = "o"
difficulty = 1
text = "What becomes of the clerk's packet?"
explain = """{SECRET}"""
reference = "RFC 4301, 4.4.1"
[[question.choice]]
id = "a"
text = "It is lost"
right = true
says = "Yes, because no row of the table names the laptop of the clerk at all."
[[question.choice]]
id = "b"
text = "It arrives"
says = "It would, if the row of the branch office had been written before."
'''


@pytest.fixture(scope="module")
def key() -> Key:
    bank = read(BANK, "secret")
    variants = pool("hold-time", 8, lambda _, number: 7_000_001 + number)
    slots = (*Paper.of(bank).slots, Slot("hold", variants))
    learners = (Learner("ada", "Ada"), Learner("ben"))
    return Key(Paper("week", "Week", slots), bytes(range(32)), learners, "2026-11-23T08:00:00Z")


@pytest.fixture(scope="module")
def marks(key: Key) -> Fingerprints:
    return Fingerprints(key)


def zipped(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


def as_page(text: str) -> bytes:
    html = text.replace("`10.9.0.7`", "<code>10.9.0.7</code>").replace("'", "&#x27;")
    return f"<p>{html.replace('*second*', '<em>second</em>')}</p>".encode()


def as_blocks(text: str) -> bytes:
    first, _, rest = text.partition("`10.9.0.7`")
    return json.dumps({"explain": [[first, ["code", "10.9.0.7"], rest]]}).encode()


LEAKS: dict[str, Callable[[str], bytes]] = {
    "page.html": as_page,
    "data.js": as_blocks,
    "chapter.ipynb": lambda text: json.dumps({"cells": [{"source": [text]}]}, indent=1).encode(),
    "bank.toml": str.encode,
    "loud.txt": lambda text: text.upper().replace(" ", "\r\n").encode(),
    "attribute.html": lambda text: f'<p title="{text}">nothing</p>'.encode(),
    "twice.zip": lambda text: zipped("in.zip", zipped("deep.txt", text.encode())),
    "log.bz2": lambda text: bz2.compress(text.encode()),
    "log.xz": lambda text: lzma.compress(text.encode()),
    "log.gz": lambda text: gzip.compress(text.encode()),
    "mail.eml": lambda text: base64.encodebytes(text.encode() + b"\0" * 99),
    "program.exe": lambda text: b"MZ" + bytes(500) + zipped("deep.txt", text.encode()),
    "picture.html": lambda text: b"data:x;base64," + base64.b64encode(b"\0" * 150 + text.encode()),
}


@pytest.mark.parametrize("name", LEAKS)
def test_an_explanation_is_found_in(name: str, marks: Fingerprints, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(LEAKS[name](SECRET))
    looked = audited([tmp_path], marks)
    assert {hit.what for hit in looked.hits} == {"clerk: explanation"}
    assert all(hit.place.startswith(name) for hit in looked.hits)


@pytest.mark.parametrize("lead", range(45))
def test_it_is_found_wherever_it_begins(lead: int, marks: Fingerprints) -> None:
    assert "clerk: explanation" in marks.found("x" * lead + SECRET)


def test_feedback_hints_and_variants_are_found(key: Key, marks: Fingerprints) -> None:
    assert marks.found("no row of the table names the laptop of the clerk at all")
    told = [question.explain for question in key.paper.slots[1].pool]
    assert [text for text in told if "hold: explanation" not in marks.found(text)] == []


@pytest.mark.parametrize("secret", ["secret", "canary"])
def test_secret_and_canary_are_found(secret: str, key: Key, marks: Fingerprints) -> None:
    text = key.secret.hex() if secret == "secret" else key.canary
    assert marks.found(f"x {text.upper()} y") == {f"the key's {secret}": text[:8] + "…"}


def test_the_keys_own_file_is_found(key: Key, marks: Fingerprints, tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text(key.to_json())
    found = {hit.what for hit in audited([tmp_path], marks).hits}
    assert {"a key's file", "the key's secret", "the key's canary", "clerk: feedback"} <= found


def test_what_was_deleted_is_found_in_the_history(marks: Fingerprints, tmp_path: Path) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
        subprocess.run(["git", "-C", str(tmp_path), *who, *words], check=True, capture_output=True)

    git("init", "-q")
    (tmp_path / "bank.toml").write_text(SECRET)
    git("add", ".")
    git("commit", "-qm", "oops")
    git("rm", "-q", "bank.toml")
    git("commit", "-qm", "gone")
    [hit] = audited([tmp_path], marks).hits
    assert hit.place.startswith("git history: blob")
    assert audited([tmp_path], marks, history=False) == Looked(0, (), ())
    # A site is often one folder of its repository, and a repository may lie in a folder.
    (tmp_path / "docs").mkdir()
    for place in (tmp_path / "docs", tmp_path.parent):
        assert hit.text in {one.text for one in audited([place], marks).hits}


def test_a_search_index_may_not_know_more_than_the_pages(
    marks: Fingerprints, tmp_path: Path
) -> None:
    (tmp_path / "here.html").write_text("x")
    (tmp_path / "searchindex.js").write_text('Search.setIndex({"docnames": ["here", "gone"]})')
    [hit] = audited([tmp_path], marks).hits
    assert (hit.place, hit.text) == ("searchindex.js", "gone")


def test_forms_give_nothing_away(key: Key, marks: Fingerprints, tmp_path: Path) -> None:
    for learner in key.learners:
        data = form_data(Form(key, learner))
        (tmp_path / f"{learner.id}.html").write_text(as_script(data))
    assert audited([tmp_path], marks) == Looked(2, (), ())


@pytest.mark.parametrize("extra", ["right", "says", "seed", "tolerance", "answer", "rev"])
def test_a_form_that_tells_too_much_is_found(
    extra: str, key: Key, marks: Fingerprints, tmp_path: Path
) -> None:
    data = form_data(Form(key, key.learners[0]))
    asked = next(slot for slot in data["slots"] if "choices" in slot)
    asked["choices"][0][extra] = "1"
    (tmp_path / "form.html").write_text(as_script(data))
    [hit] = audited([tmp_path], marks).hits
    assert hit.text == extra


def test_what_the_books_drills_say_is_no_leak(marks: Fingerprints) -> None:
    practised = (generate("hold-time", seed) for seed in range(VARIANTS))
    assert not [one.id for one in practised if marks.found(one.explain)]


def test_what_can_not_be_opened_is_told(marks: Fingerprints, tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(zipped("a", b"b" * 100)[:60])
    (tmp_path / "broken.gz").write_bytes(gzip.compress(b"b" * 1000)[:20])
    assert audited([tmp_path], marks).unread == ("broken.gz", "broken.zip")
    with pytest.raises(InputError, match="is not there"):
        audited([tmp_path / "nowhere"], marks)


def own_key(key: Key) -> bytes:
    return printed(key.paper, {}).files["week.key.pdf"]


def test_our_own_key_on_paper_is_found(key: Key, marks: Fingerprints, tmp_path: Path) -> None:
    (tmp_path / "week.pdf").write_bytes(own_key(key))
    found = {hit.what for hit in audited([tmp_path], marks).hits}
    assert found >= {"clerk: explanation", "hold: explanation"}


@pytest.mark.parametrize("name", ["week.key.pdf", "Answers.pdf", "Lösung 3.pdf", "solution.PDF"])
def test_a_pdf_called_like_a_key_is_not_passed_unread(
    name: str, key: Key, marks: Fingerprints, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(own_key(key) + b"/Encrypt 7 0 R")
    (tmp_path / "book.pdf").write_bytes(b"%PDF-1.4 sealed")
    (tmp_path / "week.answer-sheet.pdf").write_bytes(b"%PDF-1.4 sealed")
    looked = audited([tmp_path], marks)
    assert (looked.unread, looked.unseen) == ((name,), ("book.pdf", "week.answer-sheet.pdf"))


@pytest.mark.parametrize(
    "sealed", [b"q (no words) Q", rb"BT (\8\(\!\?) Tj ET", b"BT (\\001\\002\\003) Tj ET", b""]
)
def test_a_pdf_without_words_in_letters_is_not_taken_for_read(sealed: bytes) -> None:
    page = b"stream\n" + zlib.compress(sealed * 40) + b"\nendstream"
    assert pdf_text(b"%PDF-1.4\n" + page) is None


def test_words_in_a_pdf_are_put_together() -> None:
    shown = rb"BT [(It \(the p)80(ack)] TJ (et\051 is lost, \\and the sender waits for one) Tj ET"
    assert pdf_text(b"%PDF-1.4\nstream\r\n" + shown + b"\r\nendstream") == (
        "It (the packet) is lost, \\and the sender waits for one"
    )


def test_links_to_folders_and_bundles_are_told(marks: Fingerprints, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "b.bundle").write_bytes(b"# v2 git bundle\n")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "site" / "dangling").symlink_to(tmp_path / "nowhere")
    assert set(audited([tmp_path / "site"], marks).unread) == {"b.bundle", "link"}


def test_the_drills_say_nothing_of_a_quiz_whose_generator_shares_their_words() -> None:
    for name in ("tcp-mss", "which-route-typed"):
        slot = Slot(name, pool(name, 12, lambda _, number: 7_000_001 + number))
        shared = Fingerprints(
            Key(Paper("w", "W", (slot,)), bytes(32), (Learner("ada"),), "2026-11-23T08:00:00Z")
        )
        alike = [one for one in GENERATORS if GENERATORS[one].topic == GENERATORS[name].topic]
        drills = [generate(one, seed) for one in alike for seed in range(VARIANTS)]
        assert not [one.id for one in drills if shared.found(one.explain)]


def test_what_is_not_read_or_not_looked_for_is_told(key: Key, tmp_path: Path) -> None:
    (tmp_path / "book.pdf").write_bytes(b"%PDF-1.4 sealed")
    (tmp_path / "book.7z").write_bytes(b"7z\xbc\xaf\x27\x1c")
    looked = audited([tmp_path], Fingerprints(key))
    assert (looked.unseen, looked.unread) == (("book.pdf",), ("book.7z",))
    [short] = (slot for slot in key.paper.slots if slot.name == "clerk")
    plain = replace(short.pool[0], explain="So it is.", answer=Number(Fraction(7)))
    silent = replace(key, paper=Paper("w", "W", (Slot("seven", (plain,)),)))
    assert (Fingerprints(silent).blind, Fingerprints(key).blind) == (1, 0)
