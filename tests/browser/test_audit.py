"""The built site gives nothing of a graded quiz away: no page, script, notebook or search index."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from vpnedu.classroom.auditing import Fingerprints, audited
from vpnedu.classroom.issuing.form_page import form_html
from vpnedu.classroom.issuing.forms import Form
from vpnedu.classroom.issuing.handing_out import seeds_of
from vpnedu.classroom.issuing.keys import Key
from vpnedu.classroom.issuing.papers import pool
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.quiz.generators import GENERATORS
from vpnedu.quiz.paper import Paper, Slot

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
# Not bytes that count upwards: those stand in every WebAssembly, and Python in the page is one.
SECRET = sha256(b"the audit's example").digest()


@pytest.fixture(scope="module")
def key() -> Key:
    """The key of a quiz with two variants of every generator, none of which a drill asks."""
    seeds = seeds_of(SECRET)
    slots = tuple(Slot(name, pool(name, 2, seeds)) for name in GENERATORS)
    return Key(
        Paper("example", "Example", slots), SECRET, (Learner("ada"),), "2026-11-23T08:00:00Z"
    )


def test_site_sources_and_forms_hold_nothing_of_a_key(key: Key, tmp_path: Path) -> None:
    (tmp_path / "ada.html").write_text(form_html(Form(key, key.learners[0])), encoding="utf-8")
    marks = Fingerprints(key)
    looked = audited([SITE, ROOT / "chapters", tmp_path], marks, history=False)
    assert looked.files > 200
    assert (looked.hits, looked.unread) == ((), ())
    # The same site with one explanation in it.
    leak = tmp_path / "leak.html"
    shutil.copy(SITE / "index.html", leak)
    told = next(slot for slot in key.paper.slots if slot.name == "hold-time").pool[0].explain
    leak.write_text(leak.read_text(encoding="utf-8") + told, encoding="utf-8")
    assert {hit.place for hit in audited([tmp_path], marks).hits} == {"leak.html"}
