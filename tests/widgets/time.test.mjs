import assert from "node:assert/strict";
import test from "node:test";
import { linkTo, makeClock, momentOf, positionOf, readLink, timedPace } from "../../vpnedu/widgets/static/clock.js";
import { lasting, passing, playedAt, positionAt, timeAt, wordsAt } from "../../vpnedu/widgets/static/time.js";

const trace = (until, ...times) => ({ until, events: times.map((at) => ({ at, event: "changed", reason: `so at ${at}` })) });
const run = trace(100, 0, 30, 30, 54.5);

test("a run over time has a moment for its start, each time at which something happens, and its end", () => {
  assert.deepEqual(makeClock([run]).times, [0, 30, 54.5, 100]);
});

test("what happens at one time happens together", () => {
  const clock = makeClock([run]);
  assert.equal(momentOf(clock, 0, 1, run).event, 2);
  assert.equal(momentOf(clock, 0, 0.99, run).event, 0);
});

test("time runs evenly from one moment to the next", () => {
  const clock = makeClock([run]);
  assert.equal(timeAt(clock, 0.5), 15);
  assert.equal(timeAt(clock, 3), 100);
  assert.equal(timeAt(clock, 9), 100);
});

test("position and time lead to each other", () => {
  const clock = makeClock([run]);
  for (const time of [0, 7, 30, 40.25, 54.5, 99, 100]) assert.ok(Math.abs(timeAt(clock, positionAt(clock, time)) - time) < 1e-9);
});

test("two runs on one clock are always at the same second", () => {
  const other = trace(100, 0, 12);
  const clock = makeClock([run, other]);
  assert.deepEqual(clock.times, [0, 12, 30, 54.5, 100]);
  for (const position of [0, 0.4, 1, 2.7, 4]) assert.equal(momentOf(clock, 0, position, run).time, momentOf(clock, 1, position, other).time);
});

test("packets lost by chance are no moments of their own", () => {
  const lossy = { until: 10, events: [{ at: 0, event: "carried", reason: "a" }, { at: 4, event: "missed", reason: "b" }] };
  assert.deepEqual(makeClock([lossy]).times, [0, 10]);
  assert.equal(wordsAt(lossy, 5), "A");
});

test("long quiet stretches take longer, but not for ever", () => {
  assert.equal(passing(0.001), 250);
  assert.equal(passing(3600), 2500);
  assert.ok(passing(10) < passing(20));
});

test("what has been played grows with the position, so dots never jump back", () => {
  const clock = makeClock([run]);
  const played = [0, 0.5, 1, 1.5, 2, 3].map((position) => playedAt(clock, position));
  assert.deepEqual(played, [...played].sort((a, b) => a - b));
  assert.equal(new Set(played).size, played.length);
});

test("words get time to be read, and silence none", () => {
  const clock = makeClock([run]);
  assert.equal(timedPace(clock, 0, "").rest, 0);
  assert.ok(timedPace(clock, 0, "a long sentence").rest > timedPace(clock, 0, "so").rest);
});

test("a moment's words are its first cause and what came of it for packets, as sentences", () => {
  const events = [["changed", "instance 1 crashes."], ["changed", "tunnel 1 is dead."], ["carried", "packets are lost."]].map(([event, reason]) => ({ at: 3, event, reason }));
  assert.equal(wordsAt({ until: 9, events }, 3), "Instance 1 crashes. Packets are lost.");
  assert.equal(wordsAt({ until: 9, events }, 2), "");
});

test("a link to a second leads back to it, and never to before what happens then", () => {
  const precise = trace(100, 0, 54.210649);
  const clock = makeClock([precise]);
  const link = linkTo("fig-x", 1, 1, clock);
  assert.equal(link, "#fig-x/2@54.211s");
  const read = readLink(link, "fig-x");
  assert.deepEqual(read, { preset: 1, position: 0, time: 54.211 });
  assert.equal(momentOf(clock, 0, positionOf(clock, read), precise).event, 1);
});

test("a whole number without s counts moments, in a run over time as in any other", () => {
  assert.equal(positionOf(makeClock([run]), readLink("#fig-x@2", "fig-x")), 2);
});

test("an outage shorter than a second is told to the hundredth", () => {
  assert.equal(lasting(0.04), "0.04 s");
  assert.equal(lasting(57.42), "57.4 s");
});
