import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { makeChance, streamFrom } from "../../vpnedu/widgets/static/chance.js";

const { published, streams } = JSON.parse(readFileSync(new URL("data/chance.json", import.meta.url), "utf8"));

test("the published numbers come out", () => {
  const chance = streamFrom([1, 2, 3, 4]);
  assert.deepEqual(published.map(chance.bits), published);
});

for (const { seed, name, ...expected } of streams) {
  test(`seed ${seed} and ${JSON.stringify(name)} give Python's stream`, () => {
    const chance = makeChance(seed, name);
    assert.deepEqual(expected.bits.map(() => chance.bits()), expected.bits);
    assert.deepEqual(expected.random.map(() => chance.random()), expected.random);
    assert.deepEqual(expected.below.map(([count]) => [count, chance.below(count)]), expected.below);
    assert.equal(chance.pick(["red", "green", "blue"]), expected.picked);
    assert.deepEqual(chance.shuffled([...Array(12).keys()]), expected.shuffled);
  });
}

test("a stream needs no name", () => {
  assert.equal(makeChance(5).bits(), makeChance(5, "").bits());
});

test("shuffling leaves its things as they were, and loses none", () => {
  const things = [..."abcdefgh"];
  const shuffled = makeChance(1, "s").shuffled(things);
  assert.deepEqual(things, [..."abcdefgh"]);
  assert.notDeepEqual(shuffled, things);
  assert.deepEqual(shuffled.sort(), things);
});

test("every order of three comes up about as often", () => {
  const chance = makeChance(1, "fair");
  const counts = new Map();
  for (let n = 0; n < 6000; n += 1) {
    const order = chance.shuffled(["a", "b", "c"]).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal(counts.size, 6);
  for (const count of counts.values()) assert.ok(count > 850 && count < 1150, `${count} of 6000`);
});
