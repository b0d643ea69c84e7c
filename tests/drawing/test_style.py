"""The colours are the page's and can be read; words are as wide as is reckoned with."""

import pytest

from vpnedu.drawing import draw, storyboard, style
from vpnedu.simulation.scenarios import SCENARIOS

# As read over HTML's definition of contrast (WCAG 2.2, 1.4.3).
LEGIBLE = 4.5


def luminance(code: str) -> float:
    parts = [part / 255 for part in bytes.fromhex(code.removeprefix("#"))]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pictures():
    return [
        *(draw(s.topology).figure for s in SCENARIOS.values()),
        storyboard(SCENARIOS["point-to-site"].run(0)),
        storyboard(SCENARIOS["fails-open"].run(0)),
    ]


def test_the_colours_are_those_of_the_page() -> None:
    light, dark = style.palette(), style.palette(dark=True)
    assert light.keys() == dark.keys()
    assert light["paper"] == "#ffffff"
    assert luminance(dark["paper"]) < luminance(dark["ink"])
    assert {*style.KIND_COLOUR.values(), "tunnel", "tunnel-soft", "good", "bad"} <= light.keys()


def test_a_stylesheet_without_colours_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(style, "STYLESHEET", ("drawing", "__init__.py"))
    with pytest.raises(ValueError, match=r"drawing/__init__\.py names no colour"):
        style.palette.__wrapped__()


def test_every_word_can_be_read_on_what_it_stands_on(texts) -> None:
    light, dark = style.palette(), style.palette(dark=True)
    name_of = {code: name for name, code in light.items()}
    pairs = {
        (text.get_color(), text.get_gid().removeprefix("on-"))
        for picture in pictures()
        for text in texts(picture)
    }
    assert len(pairs) > 8
    for ink, ground in pairs:
        assert contrast(ink, light[ground]) >= LEGIBLE, (name_of[ink], ground)
        assert contrast(dark[name_of[ink]], dark[ground]) >= LEGIBLE, (name_of[ink], ground)


def test_no_word_is_smaller_than_six_points(texts) -> None:
    for picture in pictures():
        assert min(text.get_fontsize() for text in texts(picture)) >= 6


def test_lines_are_broken_at_words_only() -> None:
    words = "10.0.0.0/16, 10.2.0.0/16 and a-very-long-name-that-fits-nowhere too"
    lines = style.wrap(words, 7, 70)
    assert " ".join(lines) == words
    assert all(style.width(line, 7) <= 70 or " " not in line for line in lines)
    assert style.wrap("", 7, 70) == [""]


def test_words_are_drawn_as_wide_as_they_are_reckoned(rooms) -> None:
    figure = draw(SCENARIOS["hub-route-based"].topology).figure
    drawn = dict(rooms(figure))["Head office"]
    reckoned = style.width("Head office", style.PLATE.name, bold=True)
    assert drawn.width / figure.dpi * 72 == pytest.approx(reckoned, rel=0.02)
