"""A deck for Anki, opened as Anki does: a zip with a database and pictures in it."""

import json
import sqlite3
from dataclasses import replace
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from tests.quiz.exports.answering import PICTURE, papers, pictures
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.exports.anki import MADE, MODEL, anki
from vpnedu.quiz.exports.sheets import lines_of, sheet_of, to_write
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.prose import plain

Deck = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]], dict[str, Any], ZipFile]


def opened(data: bytes) -> Deck:
    """The notes (guid, model, changed, fields), the cards' decks, and what the collection knows."""
    package = ZipFile(BytesIO(data))
    assert package.testzip() is None
    collection = sqlite3.connect(":memory:")
    collection.deserialize(package.read("collection.anki2"))
    assert collection.execute("pragma integrity_check").fetchone() == ("ok",)
    notes = collection.execute("select guid, mid, mod, flds from notes order by id").fetchall()
    cards = collection.execute("select nid, did, ord from cards order by id").fetchall()
    [(models, decks)] = collection.execute("select models, decks from col").fetchall()
    collection.close()
    return notes, cards, {"models": json.loads(models), "decks": json.loads(decks)}, package


def deck_of(paper: Paper) -> Deck:
    return opened(anki(paper, pictures(paper)).files[f"{paper.name}.apkg"])


def test_every_variant_is_a_card_of_one_deck(every_kind: Bank) -> None:
    for paper in papers(every_kind):
        notes, cards, known, _ = deck_of(paper)
        count = sum(len(slot.pool) for slot in paper.slots)
        assert len(notes) == len(cards) == len({guid for guid, *_ in notes}) == count
        [deck] = {deck for _, deck, _ in cards}
        assert known["decks"][str(deck)]["name"] == paper.title
        assert {model for _, model, *_ in notes} == {MODEL}


def test_a_card_asks_on_its_front_and_answers_on_its_back(every_kind: Bank) -> None:
    paper = Paper.of(every_kind)
    notes, _, known, _ = deck_of(paper)
    [card] = known["models"][str(MODEL)]["tmpls"]
    assert "Back" not in card["qfmt"]
    for slot, (*_, fields) in zip(paper.slots, notes, strict=True):
        name, front, back = fields.split("\x1f")
        sheet = sheet_of(paper, slot, 0)
        assert name == slot.name
        assert all(plain(text) in unescape(front) for _, text in sheet.lettered)
        assert plain(sheet.question.explain).split()[-1] not in front
        assert sheet.question.reference in unescape(back)
        assert all(plain(line.says) in unescape(back) for line in lines_of(sheet))
        if sheet.lettered:
            assert f"<b>{to_write(sheet)}</b>" in back


def test_a_changed_question_is_the_same_note_and_another_slot_is_not(every_kind: Bank) -> None:
    [first, second, *_] = every_kind.questions
    paper = Paper("p", "P", (Slot("s", (first,)),))
    changed = Paper("p", "Another title", (Slot("s", (second,)),))
    other = Paper("p", "P", (Slot("t", (first,)),))
    [(guid, *_, fields)], cards, *_ = deck_of(paper)
    [(again, *_, new)], same, *_ = deck_of(changed)
    assert guid == again
    assert fields != new
    assert [deck for _, deck, _ in cards] == [deck for _, deck, _ in same]
    assert deck_of(other)[0][0][0] != guid


def test_no_sign_of_a_text_becomes_markup(every_kind: Bank) -> None:
    [first, *_] = every_kind.questions
    nasty = "<script>x</script> & {{Back}} \x1f"
    asked = replace(first, text="Is 1 < 2 && <b>so</b>?", reference="<i>RFC</i> & more")
    [(*_, fields)], *_ = deck_of(Paper("p", nasty[:20], (Slot("s", (asked,)),)))
    _, front, back = fields.split("\x1f")
    assert "1 &lt; 2 &amp;&amp; &lt;b&gt;so&lt;/b&gt;?" in front
    assert "&lt;i&gt;RFC&lt;/i&gt; &amp; more" in back


def test_pictures_are_in_the_package_by_the_names_that_cards_use(every_kind: Bank) -> None:
    notes, _, _, package = deck_of(Paper.of(every_kind))
    media = json.loads(package.read("media"))
    assert len(media) == 2
    for number, name in media.items():
        assert package.read(number) == PICTURE.png
        assert sum(f'src="{name}"' in fields for *_, fields in notes) == 1


def test_the_bytes_depend_on_the_paper_alone(
    every_kind: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = Paper.of(every_kind)
    once = anki(paper, pictures(paper))
    monkeypatch.setattr("time.time", lambda: 1.0)
    assert anki(paper, dict(sorted(pictures(paper).items(), reverse=True))) == once
    notes, *_ = opened(once.files["every-kind.apkg"])
    assert {changed for _, _, changed, _ in notes} == {MADE}


def test_what_anki_can_not_do_is_told(every_kind: Bank) -> None:
    [first, second, *_] = every_kind.questions
    paper = Paper("p", "P", (Slot("s", (first, second)),))
    told = [str(loss) for loss in anki(paper, {}).losses]
    assert told[0].startswith("nothing is marked")
    assert "s: its 2 variants are cards of their own: all of them come up" in told
    assert "s: its hints are left out" in told
