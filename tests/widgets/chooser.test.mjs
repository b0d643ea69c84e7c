import assert from "node:assert/strict";
import test from "node:test";
import { chosen, told } from "../../vpnedu/widgets/static/choosing.js";

// Three SKUs, and needs that are at odds: "old" with "big", and nothing takes "huge".
const DATA = {
  skus: [["route-based", "Basic", "for tests"], ["route-based", "Large", ""], ["policy-based", "Basic", ""]],
  rules: [
    { when: ["big"], out: [{ at: [0] }, { at: [2] }], way: "" },
    { when: ["huge"], out: [{ at: [0, 1, 2] }], way: "Build two." },
    { when: ["old", "fixed"], out: [{ at: [0, 1] }], way: "Replace it." },
  ],
};
const LABELS = { big: "Much", huge: "Too much", old: "Old", fixed: "Fixed" };

test("the first gateway that no rule rules out is chosen", () => {
  assert.equal(chosen(DATA, []).sku, 0);
  assert.equal(chosen(DATA, ["big"]).sku, 1);
});

test("a rule of two needs has a say only when both are wanted", () => {
  assert.equal(chosen(DATA, ["old"]).sku, 0);
  assert.equal(chosen(DATA, ["old", "fixed"]).sku, 2);
});

test("where nothing serves, it is told what would serve without each single need", () => {
  const { sku, without } = chosen(DATA, ["big", "old", "fixed"]);
  assert.equal(sku, -1);
  assert.deepEqual(without, [["big", 2], ["old", 1], ["fixed", 1]]);
  assert.deepEqual(chosen(DATA, ["big", "huge", "old", "fixed"]).without, []);
});

test("the answer names the type and the SKU, and what is to be known of it", () => {
  assert.deepEqual(told(DATA, ["old"], LABELS), { head: "✓ Basic, route-based", lines: ["for tests"] });
  assert.deepEqual(told(DATA, ["big"], LABELS), { head: "✓ Large, route-based", lines: [] });
});

test("a contradiction is said, with the ways out of it", () => {
  const { head, lines } = told(DATA, ["huge", "old"], LABELS);
  assert.match(head, /No gateway/);
  assert.deepEqual(lines, ["Build two.", "Without “Too much”: Basic, route-based."]);
});

test("with nothing ticked nothing is recommended", () => {
  assert.deepEqual(told(DATA, [], LABELS).lines, []);
});
