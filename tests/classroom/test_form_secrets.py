"""What a form may say: names that are allowed, and not a word of the key."""

from typing import Any

from tests.classroom.sample_class import LEARNERS, sample_form, sample_key
from vpnedu.classroom.issuing.form_page import form_html
from vpnedu.classroom.issuing.forms import Form, form_data
from vpnedu.classroom.issuing.keys import Key

WHAT = ("explain", "reference", "objective")
FORM = {"schema", "quiz", "title", "issue", "form", "tag", "learner", "name", "attempt", "due"}
FORM |= {"told", "slots"}
SLOT = {"slot", "points", "kind", "input", "text"}
TABLE = {"caption", "columns", "rows"}
# For every way to answer what a student must see of it, and not a name more.
SHOWN = {
    "one": {"choices"},
    "many": {"choices"},
    "pairs": {"items", "options"},
    "order": {"steps"},
    "number": {"unit", "units"},
    "typed": {"form"},
    "byte": {"hex"},
}


def test_a_form_names_nothing_but_what_a_student_must_see() -> None:
    data = form_data(sample_form())
    assert data.keys() == FORM
    seen = set()
    for one in data["slots"]:
        seen.add(one["input"])
        assert one.keys() - {"table", "picture"} == SLOT | SHOWN[one["input"]]
        assert one.get("table", dict.fromkeys(TABLE)).keys() == TABLE
        for name in ("choices", "items", "options", "steps"):
            assert all(thing.keys() == {"id", "text"} for thing in one.get(name, ()))
    assert seen == SHOWN.keys()


def test_no_word_of_the_key_is_in_any_page() -> None:
    key = sample_key()
    for learner in LEARNERS:
        page = form_html(Form(key, learner))
        told = [word for word in secret_words(key) if word in page]
        assert told == []


def secret_words(key: Key) -> set[str]:
    """What the key says and no form may: all feedback, hints, sources, runs and its own marks."""
    found = {key.secret.hex(), key.canary}
    for slot in key.paper.slots:
        # A variant's id would tell which one it is.
        found |= {one.id for one in slot.pool if len(slot.pool) > 1}
        for question in slot.pool:
            found |= {longest(part) for part in feedback(question.content())}
            found |= {question.trace.title} if question.trace else set()
    words = {word for word in found if len(word) > 6}
    assert len(words) > 40
    return words


def feedback(data: dict[str, Any]) -> list[Any]:
    """Every text of a question's data that is not shown before it is answered."""
    things = ("choices", "items", "steps", "mistakes", "fields")
    says = [one["says"] for name in things for one in data.get(name, ())]
    hints = [hint["text"] for hint in data["hints"]]
    return [data[name] for name in WHAT] + hints + says


def longest(part: Any) -> str:
    """The longest piece of some prose."""
    pieces = [part] if isinstance(part, str) else [piece for block in part for piece in block]
    return max((one if isinstance(one, str) else one[1] for one in pieces), key=len).strip()
