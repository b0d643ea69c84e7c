import assert from "node:assert/strict";
import test from "node:test";
import { linkTo, makeClock, momentOf, pace, readLink } from "../../vpnedu/widgets/static/clock.js";

const trace = (...times) => ({ events: times.map((at) => ({ at, event: "changed", reason: "so" })) });

test("one trace has a moment for each of its events", () => {
  const clock = makeClock([trace(0, 0, 0.5)]);
  assert.deepEqual(clock.slots.map((slot) => slot.heads[0]), [1, 2, 3]);
});

test("two traces keep step by simulated time, and the shorter one waits", () => {
  const clock = makeClock([trace(0, 1, 1, 1), trace(0, 1)]);
  assert.deepEqual(clock.slots.map((slot) => slot.heads), [[1, 1], [2, 2], [3, 2], [4, 2]]);
});

test("an event that only one trace has does not move the other", () => {
  const clock = makeClock([trace(0, 2), trace(0, 1, 2)]);
  assert.deepEqual(clock.slots.map((slot) => slot.heads), [[1, 1], [1, 2], [2, 3]]);
});

test("before the start nothing has happened", () => {
  assert.deepEqual(momentOf(makeClock([trace(0)]), 0, 0), { event: -1, progress: 1 });
});

test("between two moments the next event is on its way", () => {
  const clock = makeClock([trace(0, 1)]);
  assert.deepEqual(momentOf(clock, 0, 1.25), { event: 1, progress: 0.25 });
  assert.deepEqual(momentOf(clock, 0, 2), { event: 1, progress: 1 });
});

test("a trace that waits shows its last event done while the other moves", () => {
  const clock = makeClock([trace(0), trace(0, 1)]);
  assert.deepEqual(momentOf(clock, 0, 1.5), { event: 0, progress: 1 });
  assert.deepEqual(momentOf(clock, 1, 1.5), { event: 1, progress: 0.5 });
});

test("a position past the end is the end", () => {
  assert.deepEqual(momentOf(makeClock([trace(0, 1)]), 0, 99).event, 1);
});

test("a lookup takes longer the more rows it asks, and rows not asked cost nothing", () => {
  const lookup = (states) => pace({ event: "lookup", reason: "", rows: states.map((state) => ({ state })) }).motion;
  assert.ok(lookup(["lost", "lost", "won"]) > lookup(["won"]));
  assert.equal(lookup(["won", "not asked"]), lookup(["won"]));
});

test("more words get more time to be read", () => {
  const rest = (reason) => pace({ event: "changed", reason }).rest;
  assert.ok(rest("a much longer sentence") > rest("short"));
});

test("a link to a moment leads back to it", () => {
  for (const [preset, position] of [[0, 0], [0, 3], [2, 7]]) {
    assert.deepEqual(readLink(linkTo("fig-order", preset, position), "fig-order"), { preset, position });
  }
});

test("a link to another figure, or to a heading, is none of ours", () => {
  assert.equal(readLink("#fig-other@3", "fig-order"), null);
  assert.equal(readLink("#sources", "fig-order"), null);
  assert.equal(readLink("", "fig-order"), null);
  assert.equal(readLink("#fig-order@three", "fig-order"), null);
});
