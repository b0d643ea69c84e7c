import assert from "node:assert/strict";
import test from "node:test";
import { placeOf, walked } from "../../vpnedu/widgets/static/quiz_bytes.js";
import { moved } from "../../vpnedu/widgets/static/quiz_order.js";
import { plain } from "../../vpnedu/widgets/static/quiz_prose.js";
import { about, costWords, numberOf, points, tally, verdict } from "../../vpnedu/widgets/static/quiz_words.js";

test("arrow keys walk a grid of eight bytes a row, and never leave it", () => {
  assert.equal(walked("ArrowRight", 7, 20), 8);
  assert.equal(walked("ArrowDown", 7, 20), 15);
  assert.equal(walked("ArrowUp", 15, 20), 7);
  for (const [key, at] of [["ArrowLeft", 0], ["ArrowUp", 7], ["ArrowRight", 19], ["ArrowDown", 13]]) assert.equal(walked(key, at, 20), undefined);
});

test("Home and End lead to the ends of a row, with Ctrl to those of the packet", () => {
  assert.deepEqual(["Home", "End"].map((key) => walked(key, 10, 20)), [8, 15]);
  assert.deepEqual(["Home", "End"].map((key) => walked(key, 18, 20)), [16, 19]);
  assert.deepEqual(["Home", "End"].map((key) => walked(key, 10, 20, true)), [0, 19]);
  assert.equal(walked("x", 10, 20), undefined);
});

test("a number is a byte's only inside the packet", () => {
  assert.deepEqual(["0", "19", "20", "-1", "1.5", "0x1", "", null].map((answer) => placeOf(answer, 20)), [0, 19, null, null, null, null, null, null]);
});

test("a thing that is moved pushes the others, and none is lost", () => {
  assert.deepEqual(moved(["a", "b", "c", "d"], 0, 2), ["b", "c", "a", "d"]);
  assert.deepEqual(moved(["a", "b", "c", "d"], 3, 0), ["d", "a", "b", "c"]);
  assert.deepEqual(moved(["a", "b"], 1, 1), ["a", "b"]);
});

test("a question says its place, its kind and its difficulty", () => {
  assert.equal(about({ kind: "true-false", difficulty: 1 }, 2, 12), "Question 2 of 12 · true or false? · recall");
  assert.equal(about({ kind: "bytes", difficulty: 3 }), "find the byte · work out");
});

test("a hint's cost is told in words", () => {
  assert.deepEqual(["0", "1/4", "1/2", "1", "2/7"].map(costWords), ["nothing", "a quarter of the score", "half the score", "the whole score", "2/7 of the score"]);
});

test("a verdict is a sign and words, with the points where they are not whole", () => {
  assert.deepEqual(verdict({ status: "correct", score: "1" }, 0), ["✓", "Right."]);
  assert.deepEqual(verdict({ status: "correct", score: "3/4" }, 1), ["✓", "Right: 0.75 of 1 point after 1 hint."]);
  assert.deepEqual(verdict({ status: "partial", score: "1/3" }, 0), ["◐", "Partly right: 0.33 of 1 point."]);
  assert.deepEqual(verdict({ status: "incorrect", score: "0" }, 2), ["✕", "Not right."]);
  assert.deepEqual(verdict({ status: "blank", score: "0" }, 0), ["–", "Not answered."]);
});

test("exact scores become numbers for adding up only", () => {
  assert.deepEqual(["0", "1", "3/4", "2/3"].map(numberOf), [0, 1, 0.75, 2 / 3]);
  assert.deepEqual(["2/3", "1"].map(points), ["0.67", "1"]);
});

test("what is not checked is not counted", () => {
  const records = { a: { checked: true, last: { status: "correct", score: "1" } }, b: { checked: true, last: { status: "partial", score: "1/3" } }, c: { checked: false, last: { status: "correct", score: "1" } }, d: null };
  assert.deepEqual(tally(["a", "b", "c", "d"].map((id) => ({ id })), (id) => records[id]), { of: 4, answered: 2, points: 1.33, wrong: 1 });
});

test("prose without its marks is one line", () => {
  assert.equal(plain([["To ", ["code", "10.2.0.0/16"], "."], ["And on."]]), "To 10.2.0.0/16. And on.");
});
