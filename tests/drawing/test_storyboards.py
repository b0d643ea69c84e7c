"""A run as a storyboard: one numbered frame for each key event, with its reason."""

from itertools import combinations

import pytest

from vpnedu.drawing import storyboard
from vpnedu.drawing.moments import key_events
from vpnedu.drawing.plates import picture
from vpnedu.drawing.tables import MOST_ROWS, set_table
from vpnedu.simulation.events import Changed, Lookup, Row
from vpnedu.simulation.scenarios import SCENARIOS

RUNS = [(s, i) for s in SCENARIOS.values() for i in range(len(s.presets))]
EVERY_SCENARIO = pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=lambda s: s.name)
OVERLAP = SCENARIOS["three-sites-overlapping"].run(0)


def frames(trace):
    """The words of each frame, in the order of their numbers."""
    boards = storyboard(trace).axes
    return [" ".join(" ".join(t.get_text().split()) for t in ax.texts) for ax in boards]


@pytest.mark.parametrize(("scenario", "place"), RUNS, ids=lambda p: getattr(p, "name", p))
def test_there_is_one_frame_for_each_key_event(scenario, place) -> None:
    trace = scenario.run(place)
    told = [event for event in trace.events if not isinstance(event, Changed)]
    boards = frames(trace)
    assert len(boards) == len(told)
    for number, (frame, event) in enumerate(zip(boards, told, strict=True), 1):
        assert f"{number} " in frame
        if isinstance(event, Lookup):
            shown = [row for row in event.rows if row.reason in frame]
            assert len(shown) >= min(len(event.rows), MOST_ROWS - 2)
            assert event.chose in frame
        else:
            assert event.reason in frame


@EVERY_SCENARIO
def test_words_lie_in_their_frame(scenario, rooms) -> None:
    board = storyboard(scenario.run(len(scenario.presets) - 1))
    rooms(board)
    for ax in board.axes:
        frame = ax.get_window_extent()
        for text in ax.texts:
            room = text.get_window_extent()
            assert frame.x0 <= room.x0, text
            assert room.x1 <= frame.x1, text
            assert frame.y0 <= room.y0, text
            assert room.y1 <= frame.y1, text
    for text in board.texts:
        assert text.get_window_extent().x1 <= board.bbox.x1


def test_frames_do_not_lie_on_each_other() -> None:
    board = storyboard(SCENARIOS["hub-route-based"].run(1))
    boxes = [ax.get_position().padded(-1e-6) for ax in board.axes]
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other)


@pytest.mark.parametrize(("columns", "stacks"), [(1, 1), (2, 2), (3, 3), (99, 7)])
def test_frames_are_read_down_each_column(columns: int, stacks: int) -> None:
    board = storyboard(OVERLAP, columns=columns)
    lefts = [round(ax.get_position().x0, 6) for ax in board.axes]
    assert lefts == sorted(lefts)
    assert len(set(lefts)) == stacks
    for one, next_one in zip(board.axes, board.axes[1:], strict=False):
        if one.get_position().x0 == next_one.get_position().x0:
            assert next_one.get_position().y1 <= one.get_position().y0 + 1e-9


def test_no_column_is_an_error() -> None:
    with pytest.raises(ValueError, match="columns must be at least 1, not 0"):
        storyboard(OVERLAP, columns=0)


def test_a_lookup_is_a_table_with_a_sign_for_each_row() -> None:
    table = frames(OVERLAP)[1]
    assert "Policies of office gateway, in order" in table
    assert "✓ 1 10.1.0.0/16 10.2.0.0/16 tunnel east" in table
    assert "· 2 10.1.0.0/16 10.2.9.0/24 tunnel west" in table
    assert "would hold it too, but row 1 decided" in table


def test_a_long_table_keeps_its_winner_and_counts_the_rest() -> None:
    rows = tuple(Row((f"10.{n}.0.0/16", "x", "y"), "lost", f"not {n}") for n in range(30))
    won = (*rows, Row(("any", "any", "discard"), "won", "no row above holds the packet"))
    event = Lookup(0, "hub", "policies", "a → b", ("local", "remote", "then"), won, "discard", "")
    table = set_table(event, 7, 260)
    assert [line.number for line in table.lines] == [1, 2, 3, 4, 5, 31]
    assert table.note == "and 25 more: lost"


def test_a_long_list_of_prefixes_is_cut_only_where_it_lost() -> None:
    event = next(
        e for e in SCENARIOS["new-subnet-policy-based"].run(4).events
        if isinstance(e, Lookup) and e.node == "hub gateway" and e.table == "policies"
    )  # fmt: skip
    cells = [" ".join(line.cells[0]) for line in set_table(event, 6.5, 264).lines]
    assert cells[0] == "10.0.0.0/16 and 4 more"
    assert cells[2] == event.rows[2].cells[0]


def test_a_packet_in_a_tunnel_shows_only_the_gateways_addresses() -> None:
    crossing = frames(OVERLAP)[3].replace("156 bytes cross the internet", "")
    scene, _, _ = crossing.partition(" from ")
    assert "198.51.100.1 → 203.0.113.5" in scene
    assert "10.1.0.4" not in scene
    assert "10.2.9.7" not in scene


def test_the_verdict_is_a_word_and_a_sign() -> None:
    assert "✕ dropped: no such host" in frames(OVERLAP)[-1]
    assert "✓ delivered" in frames(SCENARIOS["hub-route-based"].run(0))[-1]


def test_a_tunnel_that_is_down_is_told_in_a_word() -> None:
    assert "✕ down" in frames(SCENARIOS["fails-open"].run(0))[0]


def test_what_had_changed_is_told_first() -> None:
    trace = SCENARIOS["new-subnet-route-based"].run(0)
    board = storyboard(trace)
    told = [text.get_text() for text in board.texts]
    assert told[:2] == [trace.title, "Before the packet leaves:"]
    assert "Branch 3 adds the subnet 10.33.0.0/24" in told
    assert len(board.axes) == len(key_events(trace)) < len(trace.events)


def test_neighbours_need_no_gateway() -> None:
    trace = SCENARIOS["two-sites-policy-based"].send("Ana", "Gus")
    assert len(storyboard(trace).axes) == len(trace.events)


def test_the_same_run_is_the_same_bytes() -> None:
    for kind in ("svg", "png"):
        first, second = (picture(storyboard(OVERLAP), kind) for _ in range(2))
        assert first == second


def test_a_notebook_shows_frames_and_transcript() -> None:
    shown = storyboard(OVERLAP)._repr_mimebundle_()
    assert shown["text/plain"] == str(OVERLAP)
    assert shown["image/svg+xml"].count("<svg") == 1
