"""The map as it stands in a page: all of it without scripts, and no more data than it needs."""

import json
import re
from html import unescape

import pytest

from vpnedu.book.banks import banks
from vpnedu.book.mapping import book_map
from vpnedu.widgets.book_map import in_hours, instrument_of
from vpnedu.widgets.instrument import Instrument


@pytest.fixture(scope="module")
def made() -> Instrument:
    return instrument_of(book_map(), banks(), anchor="fig-x", caption="Point at a page.")


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_every_page_has_a_card_with_its_question_and_a_link(made: Instrument) -> None:
    for page in book_map().pages.values():
        [card] = re.findall(rf'<li class="card" data-page="{page.name}">.*?</li>', made.still)
        assert f'href="{page.name}.html"' in card
        assert page.question in words(card)
        assert (page.time or f"{page.minutes} min") in words(card)


def test_a_card_says_in_words_what_it_needs_and_what_needs_it(made: Instrument) -> None:
    [card] = re.findall(r'<li class="card" data-page="active-active">.*?</li>', made.still)
    assert "Needs Active/standby" in words(card)
    assert "Needed for Zone-redundant gateways" in words(card)


def test_without_scripts_each_path_is_an_ordered_list_with_its_reasons(made: Instrument) -> None:
    lists = re.findall(r'<ol aria-labelledby="[^"]+">(.*?)</ol>', made.still)
    for path, listed in zip(book_map().paths, lists, strict=True):
        steps = re.findall(r'<li><a href="([\w-]+)\.html">.*?</a>: (.*?)</li>', listed)
        assert [(page, unescape(why)) for page, why in steps] == list(path.steps)


def test_a_terminal_is_told_the_same(made: Instrument) -> None:
    for page in book_map().pages.values():
        assert page.question in made.text
    for path in book_map().paths:
        assert all(why in made.text for _, why in path.steps)


def test_the_page_gets_a_revision_for_each_question_and_no_question(made: Instrument) -> None:
    asked = banks()
    assert set(made.data["revs"]) == set(asked), "a bank without a page is counted nowhere"
    for name, revs in made.data["revs"].items():
        assert revs == [question.revision for question in asked[name].questions]
        assert len(set(revs)) == len(revs)
    text = json.dumps(made.data)
    assert not [q.id for bank in asked.values() for q in bank.questions if f'"{q.id}"' in text]


def test_a_path_is_told_with_its_pages_in_order(made: Instrument) -> None:
    first = made.data["paths"][0]
    assert re.match(r"10 pages, about \S+ hours of reading: What a VPN is, ", first["told"])
    assert first["steps"][0] == "what-is-a-vpn"


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        *((0, "about ½ hour"), (30, "about ½ hour"), (55, "about 1 hour")),
        *((100, "about 1½ hours"), (195, "about 3 hours"), (200, "about 3½ hours")),
    ],
)
def test_hours_are_told_to_the_half(minutes: int, told: str) -> None:
    assert in_hours(minutes) == told
