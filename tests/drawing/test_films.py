"""A run as a film: it moves, says what it shows, and plays once."""

from base64 import b64decode
from io import BytesIO

import pytest
from matplotlib.animation import Animation
from PIL import Image

from vpnedu.drawing import film
from vpnedu.drawing.moments import key_events
from vpnedu.drawing.stage import Stage
from vpnedu.drawing.style import colour
from vpnedu.simulation.events import Flight, Opened, Sealed
from vpnedu.simulation.scenarios import SCENARIOS

SHORT = SCENARIOS["two-sites-policy-based"].run(2)
WHOLE = SCENARIOS["two-sites-policy-based"].run(0)


def packet(stage: Stage) -> list[str]:
    """What the packet on the stage shows."""
    return [text.get_text() for text in stage.over.ax.texts]


def spot(stage: Stage) -> float:
    """How far to the right the packet's words stand."""
    return stage.over.ax.texts[0].get_position()[0]


def step_of(kind: type, place: int = 0) -> int:
    return [n for n, event in enumerate(key_events(WHOLE)) if isinstance(event, kind)][place]


def test_it_saves_a_gif_with_its_frames_that_plays_once(tmp_path) -> None:
    made = film(SHORT, frames_per_step=3)
    assert isinstance(made, Animation)
    made.save(tmp_path / "x.gif")
    with Image.open(tmp_path / "x.gif") as saved:
        assert saved.n_frames == 3 * len(key_events(SHORT)) == len(made.durations)
        assert "loop" not in saved.info
        durations = []
        for place in range(saved.n_frames):
            saved.seek(place)
            durations.append(saved.info["duration"])
        assert saved.convert("RGB").getpixel((2, saved.height - 20)) == (255, 255, 255)
    # A GIF counts in hundredths of a second.
    assert durations == [pytest.approx(d, abs=10) for d in made.durations]
    assert durations[2] > 1000 > durations[1]


def test_the_same_film_is_the_same_bytes() -> None:
    first, second = (film(SHORT, frames_per_step=1)._repr_mimebundle_() for _ in range(2))
    assert first == second
    assert first["text/plain"] == str(SHORT)
    with Image.open(BytesIO(b64decode(first["image/gif"]))) as shown:
        assert shown.n_frames == len(key_events(SHORT))


def test_no_frame_is_an_error() -> None:
    with pytest.raises(ValueError, match="frames_per_step must be at least 1, not 0"):
        film(SHORT, frames_per_step=0)


def test_the_packet_moves_through_the_tunnel_sealed() -> None:
    stage, crossing = Stage(WHOLE), step_of(Flight, 1)
    spots = []
    for share in (0.2, 0.5, 0.8):
        stage.show(crossing, share)
        assert packet(stage) == ["198.51.100.1", "→ 203.0.113.5"]
        spots.append(spot(stage))
    assert spots == sorted(spots)
    assert spots[0] < spots[2]


def test_the_packet_is_put_inside_and_taken_out() -> None:
    stage = Stage(WHOLE)
    clear, sealed = ["10.1.0.4", "→ 10.2.9.7"], ["198.51.100.1", "→ 203.0.113.5"]
    for kind, order in ((Sealed, (clear, sealed)), (Opened, (sealed, clear))):
        for share, shown in zip((0.1, 1), order, strict=True):
            stage.show(step_of(kind), share)
            assert packet(stage) == shown


def test_rows_light_up_in_the_order_they_are_asked() -> None:
    stage = Stage(SHORT)
    signs = []
    for share in (0.1, 0.5, 1):
        stage.show(1, share)
        said = [text.get_text() for text in stage.panel.ax.texts]
        signs.append([word for word in said if word in "✓✕·="])
    assert signs == [[], ["✕"], ["✕", "✓"]]


def test_it_ends_with_the_verdict_in_a_word() -> None:
    stage = Stage(SHORT)
    stage.show(len(stage.events) - 1, 1)
    assert "✕ dropped" in packet(stage)
    said = [text.get_text() for text in stage.panel.ax.texts]
    assert any(words.endswith("✕ dropped: no policy") for words in said)
    assert stage.panel.ax.texts[0].get_color() == colour("bad")


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=lambda s: s.name)
def test_words_lie_on_the_stage(scenario, rooms) -> None:
    stage = Stage(scenario.run(0))
    for step in range(len(stage.events)):
        stage.show(step, 1)
        for text, room in rooms(stage.plate):
            assert stage.plate.bbox.x0 <= room.x0, text
            assert room.x1 <= stage.plate.bbox.x1, text
            assert stage.plate.bbox.y0 <= room.y0, text
            assert room.y1 <= stage.plate.bbox.y1, text
