import assert from "node:assert/strict";
import { test } from "node:test";

import { framesOf } from "../../vpnedu/widgets/static/filming.js";
import { escaped } from "../../vpnedu/widgets/static/picture.js";
import { packetMoments, timedMoments } from "../../vpnedu/widgets/static/storyboard.js";

const clockOf = (events) => ({ length: events.length, slots: events.map((_, index) => ({ time: index, heads: [index + 1] })) });
const run = (...names) => names.map((event) => (event === "outside" ? { event: "flight", link: "tunnel" } : { event, link: "inside" }));

test("a film holds every moment, rests at its end, and moves in steps no shorter than can be seen", () => {
  const frames = framesOf({ length: 2, timing: (slot) => (slot ? { motion: 240, rest: 100 } : { motion: 5000, rest: 0 }) });
  assert.deepEqual(frames.filter(({ position }) => Number.isInteger(position)).map(({ position }) => position), [0, 1, 2]);
  assert.equal(frames.filter(({ position }) => position > 0 && position <= 1).length, 8);
  assert.equal(frames.filter(({ position }) => position > 1).length, 2);
  assert.ok(frames.at(-1).delay > 2500);
  assert.equal(Math.round(frames.slice(1).reduce((sum, { delay }) => sum + delay, 0)), 5000 + 240 + 100 + 2500);
});

test("a storyboard shows what was chosen and what crossed, not each step in a house", () => {
  const events = run("flight", "lookup", "sealed", "outside", "opened", "lookup", "flight", "delivered");
  assert.deepEqual(packetMoments(clockOf(events), [{ events }]), [2, 4, 6, 8]);
});

test("a long way is cut in the middle, never at its end", () => {
  const events = run(..."lookup outside ".repeat(6).trim().split(" "), "dropped");
  const moments = packetMoments(clockOf(events), [{ events }]);
  assert.deepEqual(moments, [1, 2, 3, 4, 12, 13]);
});

test("a run over time is shown whole, when an outage begins, and when it is over", () => {
  const clock = { times: [0, 30, 31, 75, 120, 200], length: 5 };
  assert.deepEqual(timedMoments(clock, [{ outages: [{ start: 30, end: 74.8 }] }, { outages: [{ start: 31, end: null }] }]), [0, 1, 2, 3, 5]);
  assert.deepEqual(timedMoments(clock, [{ outages: [] }]), [0, 5]);
});

test("words can't end the SVG they stand in", () => {
  assert.equal(escaped('<a & "b">'), "&lt;a &amp; &quot;b&quot;&gt;");
});
