import assert from "node:assert/strict";
import { test } from "node:test";

// What the module needs of a page when it is loaded.
globalThis.HTMLElement = class {};
globalThis.customElements = { get: () => true, define: () => {} };
const { summed, tally } = await import("../../vpnedu/widgets/static/fault.js");

test("counters add up what each sent packet did, as often as it was sent", () => {
  const counts = [[1, 0, 0, 1], [0, 0, 1, 0]];
  assert.deepEqual(summed(counts, []), [0, 0, 0, 0]);
  assert.deepEqual(summed(counts, [0, 1, 0]), [2, 0, 1, 2]);
});

test("what was done is told in numbers", () => {
  assert.equal(tally(2, 3, 1), "Looks: 2, packets: 3, names tried: 1.");
});
