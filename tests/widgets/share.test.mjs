import assert from "node:assert/strict";
import { deflateRawSync } from "node:zlib";
import test from "node:test";
import { makeHistory } from "../../vpnedu/widgets/static/history.js";
import { packed, unpacked } from "../../vpnedu/widgets/static/share.js";
import { stateIn } from "../../vpnedu/widgets/static/change.js";

const STATE = { scenarios: ["two-sites-policy-based"], preset: 0, source: "Ana", destination: "10.2.0.9", note: "größer ≥ 1" };
const linked = (bytes) => ({ version: "1", text: deflateRawSync(bytes).toString("base64url") });

test("a state comes back from a link as it was", async () => {
  const link = stateIn(`#fig-x${await packed(STATE)}`, "fig-x");
  assert.deepEqual(await unpacked(link), STATE);
});

test("a link to a packet is short", async () => {
  assert.ok((await packed(STATE)).length < 200);
});

test("what is packed may begin with a digit", () => {
  assert.deepEqual(stateIn("#fig-x~13VZ", "fig-x"), { version: "1", text: "3VZ" });
});

test("a link to another figure is none of this one's business", async () => {
  assert.equal(stateIn(`#fig-y${await packed(STATE)}`, "fig-x"), null);
  assert.equal(stateIn("#fig-x@3", "fig-x"), null);
});

test("a link of another version says so", async () => {
  await assert.rejects(unpacked({ version: "2", text: "AAAA" }), /another version/);
});

for (const [what, link] of [
  ["nothing", { version: "1", text: "" }],
  ["letters by chance", { version: "1", text: "hello-world" }],
  ["no JSON", linked("{")],
  ["a nest too deep to be sent on", linked(`{"a":${"[".repeat(30_000)}${"]".repeat(30_000)}}`)],
  ["a list", linked("[1]")],
  ["null", linked("null")],
  ["bytes that are no text", linked(Buffer.from([0x7b, 0xff, 0x7d]))],
  ["a bomb", linked(Buffer.alloc(50_000_000, 0x20))],
]) {
  test(`a link that holds ${what} is refused`, async () => {
    await assert.rejects(unpacked(link), /not whole/);
  });
}

test("a bomb is refused before it is unpacked", async () => {
  const bomb = linked(Buffer.alloc(50_000_000, 0x20));
  const before = process.memoryUsage().rss;
  await assert.rejects(unpacked(bomb));
  assert.ok(process.memoryUsage().rss - before < 30_000_000);
});

const traced = (first) => {
  const seen = [];
  return { seen, history: makeHistory(first, (state) => seen.push(state)) };
};

test("undo goes back step by step, and redo goes on", () => {
  const { seen, history } = traced("a");
  history.note("b");
  history.note("c");
  assert.ok(history.back() && history.back());
  assert.equal(history.back(), false);
  assert.ok(history.on());
  assert.deepEqual(seen, ["b", "a", "b"]);
});

test("an edit that changes nothing is no step", () => {
  const { history } = traced({ a: 1 });
  history.note({ a: 1 });
  assert.equal(history.canBack(), false);
});

test("an edit after undo forgets what was undone", () => {
  const { history } = traced("a");
  history.note("b");
  history.back();
  history.note("c");
  assert.equal(history.canOn(), false);
});

test("a reset can be undone", () => {
  const { seen, history } = traced("a");
  history.note("b");
  history.reset();
  history.back();
  assert.deepEqual(seen, ["a", "b"]);
});

test("a long history forgets its beginning, but reset still knows it", () => {
  const { seen, history } = traced(0);
  for (let step = 1; step <= 500; step += 1) history.note(step);
  while (history.back());
  assert.equal(seen.length, 99);
  history.reset();
  assert.equal(seen.at(-1), 0);
});
