import assert from "node:assert/strict";
import test from "node:test";
import { rowOf, runIn, strikesOf, textOf } from "../../vpnedu/widgets/static/faults.js";
import { concerning, momentOf } from "../../vpnedu/widgets/static/striking.js";

const FAULTS = [["instance-crash", "{} crashes", ["instance 1", "instance 2"]], ["tunnel-cut", "{} cut", ["tunnel 1 / tunnel 2"]]];
const OPTIONS = { designs: ["active-active"] };
const STATE = { design: ["active-active"], faults: ["instance-crash#2@30:60"], profile: "azure", settings: { bfd: "yes" }, seed: "1", until: "300" };

test("a fault's text and its row lead to each other", () => {
  for (const text of ["instance-crash@30", "tunnel-cut#2@30.5:60"]) assert.equal(textOf(rowOf(text)), text);
  assert.deepEqual(rowOf("instance-crash@30"), { what: "instance-crash#1", at: "30", lasts: "" });
});

for (const text of [undefined, "", "instance-crash", "<b>@3", "a@3@4", `${"a".repeat(9999)}@1`, "tunnel-cut#999@1"]) {
  test(`${String(text).slice(0, 20)} is no fault`, () => assert.equal(rowOf(text).what, ""));
}

test("each fault is told with each thing that it can strike", () => {
  assert.deepEqual(strikesOf(FAULTS).map(({ value, label }) => `${value}: ${label}`), [
    "instance-crash#1: instance 1 crashes", "instance-crash#2: instance 2 crashes", "tunnel-cut#1: tunnel 1 / tunnel 2 cut",
  ]);
});

test("a thing that two designs call otherwise is struck by either name", () => {
  for (const name of ["tunnel 1", "tunnel 2"]) assert.equal(concerning(name, strikesOf(FAULTS), []).possible.length, 1);
});

test("what is planned for a thing can be taken away, each by its place", () => {
  const rows = ["tunnel-cut@10", "instance-crash#2@30", "instance-crash#2@90"].map(rowOf);
  assert.deepEqual(concerning("instance 2", strikesOf(FAULTS), rows).known, [
    { place: 1, words: "instance 2 crashes at 30 s" }, { place: 2, words: "instance 2 crashes at 90 s" },
  ]);
});

test("a moment is told in tenths of a second", () => {
  assert.deepEqual([0, -3, 45.0499, 200].map(momentOf), ["0", "0", "45", "200"]);
});

test("a state is read as a run", () => {
  const { rows, settings, until } = runIn(STATE, OPTIONS);
  assert.deepEqual({ rows, settings, until }, { rows: [{ what: "instance-crash#2", at: "30", lasts: "60" }], settings: { bfd: "yes" }, until: "300" });
});

for (const [what, change] of [
  ["of another design", { design: ["zonal"] }], ["with a hundred faults", { faults: Array(100).fill("instance-crash@1") }],
  ["with faults that are none", { faults: ["<img src=x>"] }], ["with a fault that is a number", { faults: [3] }], ["without faults", { faults: undefined }],
  ["whose seed is no text", { seed: { toString: "x" } }], ["whose profile is an essay", { profile: "a".repeat(101) }],
  ["whose settings are a list of lists", { settings: [[1]] }], ["whose settings are null", { settings: null }], ["with a timer that is an object", { settings: { bfd: {} } }],
]) {
  test(`a state ${what} is refused with words for the reader`, () => assert.throws(() => runIn({ ...STATE, ...change }, OPTIONS), /belongs to another figure/));
}
