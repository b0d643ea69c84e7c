import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { check, meant, nextFree, overlap, scales, told, words } from "../../vpnedu/widgets/static/planning.js";

const { data, cases } = JSON.parse(readFileSync(new URL("../network/planning_vectors.json", import.meta.url), "utf8"));
const named = (rows) => rows.map(([kind, name, prefix]) => ({ kind, name, prefix }));

test("the page finds in a plan what the vectors say, in the same words", () => {
  for (const { rows, longest, findings, scales: drawn } of cases) {
    const { nets, findings: found } = check(named(rows), data, { ...data.limits, longest });
    assert.deepEqual(found.map((each) => [each.rule, each.at, ...words(each, data.rules)]), findings, JSON.stringify(rows));
    assert.deepEqual(scales(named(rows), nets).map(({ axis, bars }) => [told(axis), bars]), drawn, JSON.stringify(rows));
  }
});

test("a prefix is read at the edges of what an address can be", () => {
  assert.deepEqual(meant("255.255.255.255/32"), { first: 2 ** 32 - 1, last: 2 ** 32 - 1, length: 32, exact: true });
  assert.equal(told(meant("10.1.2.3/8")), "10.0.0.0/8");
  assert.equal(meant("10.1.2.3/8").exact, false);
  assert.equal(meant("128.0.0.0/1").last, 2 ** 32 - 1);
  for (const text of ["", "10.0.0.0", "10.0.0/8", "10.0.0.0/33", "10.0.0.256/8", "010.0.0.0/8", "10.0.0.0/+8", "::/0"]) assert.equal(meant(text), undefined, text);
});

test("of two blocks that overlap the longer one is what they share", () => {
  const [wide, narrow, apart] = ["10.0.0.0/8", "10.1.0.0/16", "11.0.0.0/8"].map(meant);
  assert.equal(overlap(wide, narrow), narrow);
  assert.equal(overlap(narrow, wide), narrow);
  assert.equal(overlap(narrow, apart), undefined);
});

test("room is found in front of, between and behind what is taken, and nowhere else", () => {
  const free = (space, taken, length) => { const found = nextFree(meant(space), taken.map(meant), length); return found && told(found); };
  assert.equal(free("10.1.0.0/24", [], 27), "10.1.0.0/27");
  assert.equal(free("10.1.0.0/24", ["10.1.0.0/26", "10.1.0.96/27"], 27), "10.1.0.64/27");
  assert.equal(free("10.1.0.0/24", ["10.1.0.0/25", "10.1.0.128/26"], 26), "10.1.0.192/26");
  assert.equal(free("10.1.0.0/24", ["10.0.0.0/8"], 27), undefined);
  assert.equal(free("255.255.255.255/32", [], 32), "255.255.255.255/32");
  assert.equal(free("10.1.0.0/24", [], 23), undefined);
});
