import assert from "node:assert/strict";
import { test } from "node:test";

// What the module needs of a page when it is loaded.
globalThis.HTMLElement = class {};
globalThis.customElements = { get: () => true, define: () => {} };
const { seedIn, seedOf } = await import("../../vpnedu/widgets/static/fault_more.js");
const { standing, summed, tally } = await import("../../vpnedu/widgets/static/fault.js");

test("counters add up what each sent packet did, as often as it was sent", () => {
  const counts = [[1, 0, 0, 1], [0, 0, 1, 0]];
  assert.deepEqual(summed(counts, []), [0, 0, 0, 0]);
  assert.deepEqual(summed(counts, [0, 1, 0]), [2, 0, 1, 2]);
});

test("what was done is told in numbers", () => {
  assert.equal(tally(2, 3, 1), "Looks: 2, packets: 3, names tried: 1.");
});

test("how far a reader has come is told in numbers", () => {
  assert.equal(standing(3, 9), "Found: 3 of 9.");
});

test("a network has a number, and what is none is refused", () => {
  assert.deepEqual(["", "  ", "0", " 4711 ", "999999"].map(seedOf), [null, null, 0, 4711, 999999]);
  for (const wrong of ["x", "-1", "1.5", "1e3", "1000000", "٣", "1;2"]) assert.equal(seedOf(wrong), undefined, wrong);
});

test("a link leads to a network of this figure, and to nothing else", () => {
  assert.equal(seedIn("#fig-x/4711", "fig-x"), 4711);
  for (const other of ["", "#fig-x", "#fig-x@3", "#fig-x~1abc", "#fig-y/4711", "#fig-x/", "#fig-x/4711/2", "#fig-x/1000000", "#fig-x/<b>"]) assert.equal(seedIn(other, "fig-x"), null, other);
});
