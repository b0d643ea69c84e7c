import assert from "node:assert/strict";
import test from "node:test";
import { sumOf, tallied } from "../../vpnedu/widgets/static/drawing.js";
import { answered, markOf, nextOf } from "../../vpnedu/widgets/static/map.js";

const record = (rev, status, more = {}) => ({ rev, checked: true, last: status && { status, score: "0" }, ...more });
const RECORDS = {
  right: record("a", "correct"), part: record("b", "partial"), wrong: record("c", "incorrect"),
  empty: record("d", "blank"), broken: record("e", "invalid"), open: record("f", "correct", { checked: false }),
  never: record("g", null), old: record("of before", "correct"), other: null,
};
const REVS = ["a", "b", "c", "d", "e", "f", "g", "h"];

test("an answer counts once it is checked, while its question is the one that was answered", () => {
  assert.equal(answered(RECORDS, REVS), 3);
  assert.equal(answered(undefined, REVS), 0);
  assert.equal(answered({ one: record("a", "correct"), two: record("a", "correct") }, REVS), 1);
});

test("the map counts what the page of progress counts", () => {
  const ids = Object.keys(RECORDS);
  const quiz = { quiz: "q", title: "Q", objectives: [{ id: "o" }], questions: REVS.map((rev, place) => ({ id: ids[place], rev, objective: "o" })) };
  const mark = (_, { id, rev }) => { const kept = RECORDS[id]; return kept?.checked && kept.rev === rev ? kept.last : null; };
  const { whole } = tallied([quiz], mark)[0];
  assert.equal(sumOf([whole]).answered, answered(RECORDS, REVS));
});

const ASKED = { one: ["a", "b"], two: ["c"] };

test("a path begins at its first page while nothing on it is done", () => {
  assert.equal(nextOf(["exam", "one", "two"], { exam: 0, one: 0, two: 0 }, ASKED), "exam");
  assert.equal(nextOf(["two", "one"], { exam: 1, one: 0, two: 0 }, ASKED), "two");
});

test("next is the first chapter whose questions aren't all answered; pages that ask nothing are passed", () => {
  assert.equal(nextOf(["exam", "one", "two"], { exam: 1, one: 0, two: 0 }, ASKED), "one");
  assert.equal(nextOf(["one", "glossary", "two"], { exam: 0, one: 2, two: 0 }, ASKED), "two");
  assert.equal(nextOf(["one", "two"], { exam: 0, one: 1, two: 1 }, ASKED), "one");
  assert.equal(nextOf(["one", "glossary", "two"], { exam: 0, one: 2, two: 1 }, ASKED), null);
});

test("a page is marked as needed or as needing, in words", () => {
  const needs = { two: ["one"], three: ["two"] };
  assert.match(markOf(needs, "one", "two"), /needed first/);
  assert.match(markOf(needs, "three", "two"), /needs this/);
  assert.equal(markOf(needs, "two", "two"), "");
  assert.equal(markOf(needs, "one", "three"), "");
});
