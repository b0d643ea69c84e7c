"""The ladder of IKEv2: what the page gets, and what is read without it."""

import json
from html import unescape

import pytest

from vpnedu.simulation.ike.stories import STORIES
from vpnedu.widgets.ladders import ladder

MADE = ladder(anchor="fig-x", caption="Notice.")
STEPS = [(story["label"], step) for story in MADE.data["stories"] for step in story["steps"]]
PAYLOADS, FACTS = MADE.data["payloads"], MADE.data["facts"]


def test_every_story_is_in_the_menu_with_a_step_for_each_line() -> None:
    told = [make() for make in STORIES]
    assert [story["label"] for story in MADE.data["stories"]] == [story.label for story in told]
    lengths = [len(story["steps"]) for story in MADE.data["stories"]]
    assert lengths == [len(story.lines) for story in told]


@pytest.mark.parametrize("place", range(len(STEPS)))
def test_a_step_tells_all_that_the_page_shows(place: int) -> None:
    _, step = STEPS[place]
    assert step["says"].endswith(".")
    assert step["section"][0].isdigit()
    assert [len(side) for side in step["knows"]] == [len(MADE.data["known"])] * 2
    assert all(isinstance(FACTS[fact][1], str) for side in step["knows"] for fact in side)
    if "name" in step:
        rows = [PAYLOADS[row] for row in step["payloads"]]
        assert rows[0][0] == "HDR"
        assert [row[3] for row in rows[1:]] == [step["sealed"]] * len(rows[1:])


def test_rows_that_repeat_are_sent_once() -> None:
    for table in (PAYLOADS, FACTS):
        assert len({json.dumps(row) for row in table}) == len(table)
    assert len(MADE.html()) < 45_000


def test_an_eavesdropper_learns_no_more_of_a_sealed_message_than_its_header() -> None:
    sealed = [step for _, step in STEPS if step.get("sealed")]
    assert sealed
    assert all("the header is in the clear, all else is sealed" in step["sees"] for step in sealed)


def test_requests_that_are_sent_again_say_when() -> None:
    again = [step["says"] for _, step in STEPS if "bit for bit" in step["says"]]
    for seconds, words in zip(("4.0", "11.2", "24.2", "47.5", "89.5"), again, strict=True):
        assert f"{seconds} s after the first" in words


def test_without_scripts_every_message_and_payload_is_in_an_ordered_list() -> None:
    html = unescape(MADE.still)
    assert html.count("<ol>") == len(STORIES)
    assert html.count("<li>") == len(STEPS)
    for _, step in STEPS:
        assert step["says"] in html
        for row in step.get("payloads", []):
            name, says, _, _ = PAYLOADS[row]
            assert f"<code>{name}</code> {says}" in html


def test_a_terminal_tells_what_is_in_clear_and_what_is_sealed() -> None:
    text = str(MADE)
    assert "IKE_SA_INIT request, in the clear: HDR, SAi1, KEi, Ni." in text
    assert "IKE_AUTH response, sealed: HDR, IDr, AUTH, SAr2, TSi, TSr." in text
    assert "gives the tunnel up after 165.1 s" in text


def test_a_title_of_ones_own_is_taken() -> None:
    assert ladder(anchor="x", caption="c", title="Mine").title == "Mine"
