"""The figure: data for the page, HTML that reads without scripts, and text."""

import json
import re
from html import unescape

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.simulation.scenarios import SCENARIOS, Scenario, scenario
from vpnedu.widgets.asking import ASKS, CLEAR, LOST, SEALED, asking
from vpnedu.widgets.figure import Figure, figure_of

every_scenario = pytest.mark.parametrize("name", SCENARIOS)


def figure(*names: str, **wishes: object) -> Figure:
    chosen = tuple(scenario(name) for name in names)
    return figure_of(chosen, anchor="fig-x", caption="Notice.", **wishes)  # type: ignore[arg-type]


def data_in(html: str) -> dict[str, object]:
    """What the page's script reads back out of the element."""
    found = re.search(r'<script type="application/json">(.*?)</script>', html, re.S)
    assert found
    return json.loads(found[1])  # type: ignore[no-any-return]


@every_scenario
def test_the_page_reads_back_what_python_wrote(name: str) -> None:
    made = figure(name)
    assert data_in(made.html()) == json.loads(json.dumps(made.to_dict()))


@every_scenario
def test_without_scripts_a_figure_shows_its_scene_and_its_whole_transcript(name: str) -> None:
    html = unescape(figure(name).html().split("</script>", 1)[1])
    assert html.count("<svg") == 2
    for event in scenario(name).run(0).events:
        assert event.reason in html


def test_text_that_looks_like_markup_stays_text() -> None:
    made = scenario("two-sites-policy-based")
    evil = Scenario("x", "</script><img src=x>", "", made.topology, made.presets)
    html = figure_of((evil,), anchor='"><b', caption="<i>").html()
    assert "<img" not in html
    assert "<i>" not in html
    assert html.count("</script>") == 1
    assert '"><b' not in html
    assert data_in(html)["title"] == "</script><img src=x>"


def test_scenes_that_are_alike_are_sent_once() -> None:
    data = figure("hub-route-based").to_dict()
    assert len(data["presets"]) == 4
    assert len(data["scenes"]) == 1


def test_two_scenarios_stand_side_by_side_with_the_same_packet() -> None:
    data = figure("fails-open", "fails-closed").to_dict()
    assert [len(preset["runs"]) for preset in data["presets"]] == [2, 2]
    assert data["form"]["scenarios"] == ["fails-open", "fails-closed"]


def test_side_by_side_needs_the_same_packets() -> None:
    with pytest.raises(InputError, match="labels must agree"):
        figure("two-sites-policy-based", "hub-route-based")


def test_a_preset_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match="has no preset 9"):
        figure("fails-open", presets=(9,))


def test_an_unknown_question_is_named_with_those_there_are() -> None:
    with pytest.raises(InputError, match="tunnel, fate"):
        asking("colour")


@pytest.mark.parametrize("question", ASKS)
@every_scenario
def test_every_question_has_one_right_answer_among_different_choices(
    name: str, question: str
) -> None:
    for preset in scenario(name).presets:
        ask = ASKS[question](scenario(name).run(preset))
        assert len(set(ask.choices)) == len(ask.choices) > 1
        assert 0 <= ask.answer < len(ask.choices)


@pytest.mark.parametrize(
    ("name", "preset", "fate"),
    [
        ("two-sites-policy-based", 0, SEALED),
        ("two-sites-policy-based", 1, LOST),
        ("fails-open", 0, CLEAR),
        ("fails-closed", 0, LOST),
        ("point-to-site", 2, CLEAR),
    ],
)
def test_the_fate_is_what_the_run_shows(name: str, preset: int, fate: str) -> None:
    ask = ASKS["fate"](scenario(name).run(preset))
    assert ask.choices[ask.answer] == fate


def test_the_first_tunnel_taken_is_the_answer() -> None:
    runs = scenario("three-sites-overlapping")
    answers = [ASKS["tunnel"](runs.run(preset)) for preset in range(2)]
    assert [ask.choices[ask.answer] for ask in answers] == ["tunnel east", "tunnel west"]


def test_the_text_of_a_figure_is_its_first_transcript() -> None:
    text = str(figure("fails-open", title="Open"))
    assert text.startswith("Open\nNotice.\n\n")
    assert str(scenario("fails-open").run(0)).rstrip() in text
