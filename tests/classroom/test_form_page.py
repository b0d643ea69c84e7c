"""The page of a form: one small file, readable without scripts, that asks nobody for anything."""

import gzip
import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.classroom.sample_class import SAMPLE, sample_form, sample_key, sample_paper
from vpnedu.classroom.issuing.form_cards import card
from vpnedu.classroom.issuing.form_page import form_html
from vpnedu.classroom.issuing.form_pictures import drawn, pictures
from vpnedu.classroom.issuing.forms import Form, form_data
from vpnedu.classroom.issuing.keys import Key
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.prose import plain

LARGEST = 30_000  # bytes, packed, of style and script
NASTY = "</script><img src=x onerror=alert(1)>&amp;“’\u202e"


def page(**changes: Any) -> str:
    return form_html(sample_form(**changes))


class Parts(HTMLParser):
    """The elements of a page, and its text without scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.within = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.within = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.within:
            self.within = ""

    def handle_data(self, data: str) -> None:
        if self.within not in ("script", "style"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def data_of(html: str) -> Any:
    """What the page's script is given."""
    match = re.search(r'<script type="application/json">(.*?)</script>', html)
    assert match
    return json.loads(match[1])


def test_the_script_gets_what_a_form_shows_and_no_more() -> None:
    shown = form_data(sample_form())
    slots = [{name: one[name] for name in one if name != "picture"} for one in shown["slots"]]
    assert data_of(page()) == json.loads(json.dumps(shown | {"slots": slots}))


def test_all_questions_can_be_read_without_scripts_in_the_forms_order() -> None:
    form = sample_form()
    text = Parts(form_html(form)).text
    at = 0
    for number, place in enumerate(form.order(), start=1):
        at = text.index(f"Question {number} of 10", at)
        at = text.index(" ".join(plain(form.question(place).text).split()).split(" Both")[0], at)
    for slot in form_data(form)["slots"]:
        for name in ("choices", "items", "options", "steps"):
            for thing in slot.get(name, ()):
                assert plain_text(thing["text"]) in text


def plain_text(blocks: Any) -> str:
    return " ".join(
        "".join(one if isinstance(one, str) else one[1] for one in part) for part in blocks
    )


def test_the_head_says_whose_it_is_when_it_is_due_and_what_counts() -> None:
    text = Parts(page()).text
    for words in (
        "Week 3: routes",
        "For Ada Lovelace (ada) · attempt 1",
        "Due 2026-12-01, 22:59 UTC.",
        "Each day late takes a tenth of the points.",
        f"10 questions · 11.5 points · form {sample_form().id}",
        "runs no scripts",
        "tick all that are right · 2.5 points",
    ):
        assert words in text
    assert "Due" not in Parts(page(due="")).text
    assert "For ch+3 · attempt 2" in Parts(form_html(sample_form(2, attempt=2))).text


def test_nothing_in_it_comes_from_elsewhere_and_nothing_may() -> None:
    html = page()
    policy = next(
        each["content"] for tag, each in Parts(html).found if tag == "meta" and "content" in each
    )
    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    for tag, attributes in Parts(html).found:
        assert tag not in ("link", "img", "iframe", "object", "base", "audio", "video"), tag
        assert not {"src", "srcset", "action", "data"} & attributes.keys(), tag
        assert not [name for name in attributes if name.startswith("on")], tag
    assert not re.search(r"url\(|@import|https?:(?!//www\.w3\.org/2000/svg)", html)


def test_whatever_stands_in_names_and_texts_stays_text() -> None:
    question = replace(SAMPLE["SAYING"], text=NASTY, table=None)
    paper = Paper("q", NASTY, (Slot("s", (question,)),))
    key = replace(sample_key(), paper=paper, told=(NASTY,), pictures=None)
    html = form_html(Form(key, Learner("ada", NASTY)))
    assert len(re.findall(r"<script", html)) == 2
    assert not [tag for tag, _ in Parts(html).found if tag == "img"]
    assert data_of(html)["title"] == NASTY
    title = re.search(r"<title>(.*?)</title>", html)
    assert title
    assert unescape(title[1]) == f"{NASTY} · {NASTY}"


def test_a_picture_stands_in_the_page_once_and_tells_not_how_the_run_ends() -> None:
    paper = sample_paper()
    assert set(pictures(paper)) == {("fate", 0)}
    html = page()
    drawing = pictures(paper)["fate", 0]
    assert html.count(drawing) == 1
    assert drawing.count("<svg") == 2
    trace = SAMPLE["FATE"].trace
    assert trace.title not in drawing
    for event in trace.events:
        assert event.reason not in drawing
    assert 'aria-label="Head office (10.1.0.0/16)' in drawing


def test_a_picture_is_the_same_whatever_happens_in_the_run() -> None:
    trace = SAMPLE["FATE"].trace
    assert drawn(replace(trace, title="Lost", events=trace.events[:1])) == drawn(trace)


def test_style_and_script_are_small_enough_for_a_mail() -> None:
    html = page(pictures=None)
    bare = re.sub(r'<script type="application/json">.*?</script>|<form.*?</form>', "", html)
    assert len(gzip.compress(bare.encode(), mtime=0)) <= LARGEST


def test_every_group_and_every_way_to_answer_has_its_place() -> None:
    html = page()
    assert [each["id"] for tag, each in Parts(html).found if tag == "form"] == [
        f"q{number}" for number in range(1, 11)
    ]
    assert html.count("<fieldset><legend>") == 10
    assert html.count('<div class="q-ground">') == 10


@pytest.mark.parametrize(
    ("points", "words"), [("1", "1 point"), ("2", "2 points"), ("1/3", "0.33 points")]
)
def test_a_question_says_what_it_is_worth(points: str, words: str) -> None:
    slot = {"kind": "text", "input": "typed", "form": "words", "text": [["Why?"]], "points": points}
    assert f"type the answer · {words}<" in card(slot, 1, 1)


def test_the_page_is_the_same_for_the_same_key() -> None:
    key: Key = sample_key()
    assert form_html(Form(key, key.learners[1])) == form_html(sample_form(1))
