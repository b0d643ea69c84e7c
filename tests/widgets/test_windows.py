"""The anti-replay window to play with: its words, its stories, and its twin in the page."""

import json
import os
import shutil
import subprocess
from html import unescape
from pathlib import Path
from random import Random

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.network.replay import ReplayWindow
from vpnedu.widgets.windows import STORIES, in_words, only, receive, told, window

DATA = Path(__file__).parent / "data/replay.json"
VECTORS = json.loads(DATA.read_text("utf-8"))
REPLAY = Path(__file__).parents[2] / "vpnedu/widgets/static/replay.js"
NODE = shutil.which("node")
FOLLOW = """
import { readFileSync } from "node:fs";
const { fresh, receive } = await import(process.argv[1]);
const asked = JSON.parse(readFileSync(0, "utf8"));
const follow = ({ size, sent }) => {
  let window = fresh(size);
  return sent.map(([number, genuine]) => {
    const [after, answer] = receive(window, number, genuine);
    window = after;
    return [answer, after.highest, after.seen.toString(16)];
  });
};
console.log(JSON.stringify(asked.map(follow)));
"""


def follow(case) -> list[list[object]]:
    """What becomes of each packet sent, and the window after it."""
    now, answers = ReplayWindow(case["size"]), []
    for number, genuine in case["sent"]:
        now, answer = receive(now, number, genuine)
        answers.append([answer, now.highest, f"{now.seen:x}"])
    return answers


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["about"])
def test_the_window_answers_as_the_page_is_tested_to(vector) -> None:
    assert follow(vector) == vector["answers"]


def test_the_vectors_hold_the_list_of_facts() -> None:
    """FACTS 2.7: a window of 64 at 100, of which nothing was seen but 100."""
    edges = next(vector for vector in VECTORS if vector["about"] == "the edges of the window")
    told_of = {
        sent[0]: answer[0] for sent, answer in zip(edges["sent"], edges["answers"], strict=True)
    }
    assert [told_of[n].split(":")[0] for n in (37, 36, 0, 165)] == [
        "accepted", "refused", "refused", "accepted",
    ]  # fmt: skip
    assert "forgotten" in told_of[165]


def sequences(count: int) -> list[dict[str, object]]:
    """Random sequences of packets: in order, late, copied, far ahead, forged."""
    random, cases = Random(43033), []
    for _ in range(count):
        now, sent = 0, []
        for _ in range(random.randint(1, 60)):
            now += random.choice([1, 1, 1, 2, 31, 32, 63, 64, 65, 200, 2**20])
            late = max(0, now - random.choice([0, 1, 2, 31, 32, 33, 63, 64, 65, 500]))
            sent.append([random.choice([now, now, late]), random.random() < 0.9])
        cases.append({"size": random.choice([32, 64]), "sent": sent})
    return cases


@pytest.mark.skipif(not NODE and os.environ.get("CI") != "true", reason="Node.js is not installed")
def test_the_page_answers_as_python_does_over_thousands_of_sequences() -> None:
    assert NODE, "Node.js is not installed"
    cases = sequences(3000)
    words = [NODE, "--input-type=module", "--eval", FOLLOW, REPLAY.as_uri()]
    done = subprocess.run(
        words, input=json.dumps(cases), capture_output=True, text=True, check=True
    )
    here = [follow(case) for case in cases]
    assert json.loads(done.stdout) == here
    starts = {" ".join(answer.split()[:1]) for case in here for answer, _, _ in case}
    assert starts == {"accepted:", "refused:", "dropped:"}


def test_a_forged_packet_never_moves_the_window() -> None:
    at_100 = ReplayWindow(64).commit(100)
    after, answer = receive(at_100, 5000, False)
    assert after == at_100
    assert answer == "dropped: 5000 has a wrong ICV, and the window did not move"


@pytest.mark.parametrize(
    ("label", "ends"),
    [
        ("A recorded packet", "97: refused: 97 is too old: the window holds 107 and up"),
        ("A jump of 200", "100: refused: 100 is too old: the window holds 237 and up"),
        ("A window of 32", "21: refused: 21 is too old: the window holds 30 and up"),
        ("The same with", "21: accepted: 21 is late, but in time"),
        ("A forged number", "101: accepted: the window now ends at 101"),
    ],
)
def test_each_story_ends_as_it_says(label: str, ends: str) -> None:
    assert told(next(story for story in STORIES if story.label.startswith(label)))[-1] == ends


def test_without_scripts_every_story_is_told_to_its_end() -> None:
    made = window(anchor="fig-x", caption="Notice.")
    for story in STORIES:
        for line in (story.label, story.notice, *told(story)):
            assert line in unescape(made.still)
            assert line in str(made)


def test_many_packets_take_one_line() -> None:
    assert in_words(only(7), ["accepted: the window now ends at 7"]).startswith("7: accepted")
    assert in_words(STORIES[0].arrivals[0], ["accepted"] * 99 + ["refused"]) == (
        "1 to 100: 99 of 100 accepted"
    )


def test_only_windows_that_the_figure_can_draw_are_made() -> None:
    assert window(anchor="x", caption="c", size=32).data["size"] == 32
    with pytest.raises(InputError, match="size: 48 is not 32 or 64"):
        window(anchor="x", caption="c", size=48)
