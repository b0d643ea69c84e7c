import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { arrive, check, commit, fresh, listed, receive } from "../../vpnedu/widgets/static/replay.js";
import { cells, inWords } from "../../vpnedu/widgets/static/window.js";

const vectors = JSON.parse(readFileSync(new URL("data/replay.json", import.meta.url), "utf8"));
const at = (size, ...numbers) => numbers.reduce(commit, fresh(size));

for (const { about, size, sent, answers } of vectors) {
  test(`Python's window says the same: ${about}`, () => {
    let window = fresh(size);
    const here = sent.map(([number, genuine]) => {
      const [after, answer] = receive(window, number, genuine);
      window = after;
      return [answer, after.highest, after.seen.toString(16)];
    });
    assert.deepEqual(here, answers);
  });
}

test("asking moves nothing", () => {
  const window = at(64, 100);
  assert.equal(check(window, 5000), null);
  assert.deepEqual(window, at(64, 100));
});

test("all sixty-four bits of a window are kept, and no more", () => {
  const full = [...Array(64).keys()].map((number) => number + 1).reduce(commit, fresh(64));
  assert.equal(full.seen, 2n ** 64n - 1n);
  assert.equal(commit(full, 65).seen, 2n ** 64n - 1n);
  assert.equal(commit(full, 66).seen, 2n ** 64n - 3n);
});

test("the cells end at the highest number, and none stands for a number below 1", () => {
  const shown = cells(at(32, 3, 5));
  assert.equal(shown.length, 32);
  assert.deepEqual(shown.slice(-5), [[1, "open"], [2, "open"], [3, "seen"], [4, "open"], [5, "seen"]].map(([number, state]) => ({ number, state })));
  assert.ok(shown.slice(0, -5).every(({ state }) => state === "none"));
});

test("who does not see the cells is told of them", () => {
  assert.equal(inWords(fresh(64)), "Nothing has been received yet.");
  assert.equal(inWords(at(64, 1, 2, 3)), "The window holds 1 to 3. Received: 1 to 3. None is missing.");
  assert.equal(inWords(at(32, 99, 98, 100)), "The window holds 69 to 100. Received: 98 to 100. Not received: 69 to 97.");
});

test("numbers are listed in runs", () => {
  assert.equal(listed([1, 2, 3, 5, 7, 8]), "1 to 3, 5, 7 to 8");
  assert.equal(listed([]), "");
});

test("many packets take one line of the log", () => {
  const [window, line] = arrive(fresh(64), [1, 100, true]);
  assert.equal(line, "1 to 100: 100 of 100 accepted");
  assert.equal(arrive(window, [99, 101, true])[1], "99 to 101: 1 of 3 accepted");
  assert.equal(arrive(window, [200, 200, false])[1], "200, forged: dropped: 200 has a wrong ICV, and the window did not move");
});
