import assert from "node:assert/strict";
import test from "node:test";
import { kernelEngine } from "../../vpnedu/widgets/static/engine.js";

// A kernel's end of the line: what was sent to it, and a way to answer.
const fakeModel = () => {
  const model = { sent: [] };
  model.on = (_, listener) => { model.reply = listener; };
  model.send = (message) => model.sent.push(message);
  return model;
};

test("a question goes out once, and its answer comes back", async () => {
  const model = fakeModel();
  const answer = kernelEngine(model).ask({ source: "Ana" });
  assert.deepEqual(model.sent, [{ v: 1, id: 1, request: { source: "Ana" } }]);
  model.reply({ id: 1, answer: "a run" });
  assert.equal(await answer, "a run");
});

test("answers find their questions in whatever order they come", async () => {
  const model = fakeModel();
  const engine = kernelEngine(model);
  const [first, second] = [engine.ask("a"), engine.ask("b")];
  model.reply({ id: 2, answer: "B" });
  model.reply({ id: 1, answer: "A" });
  assert.deepEqual(await Promise.all([first, second]), ["A", "B"]);
});

test("an error names the field that is wrong", async () => {
  const model = fakeModel();
  const answer = kernelEngine(model).ask({});
  model.reply({ id: 1, error: { field: "port", message: "99999 is not a port" } });
  await assert.rejects(answer, { field: "port", message: "99999 is not a port" });
});

test("a long answer says how far it has come, and that keeps patience alive", async () => {
  const model = fakeModel();
  const seen = [];
  const answer = kernelEngine(model, 40).ask({}, { progress: (done) => seen.push(done) });
  for (const done of [1, 2, 3]) {
    await new Promise((next) => setTimeout(next, 25));
    model.reply({ id: 1, progress: { done, of: 3 } });
  }
  model.reply({ id: 1, answer: "years" });
  assert.equal(await answer, "years");
  assert.deepEqual(seen, [1, 2, 3].map((done) => ({ done, of: 3 })));
});

test("what is stopped fails at once, and the engine is told", async () => {
  const model = fakeModel();
  const stop = new AbortController();
  const answer = kernelEngine(model).ask({}, { signal: stop.signal });
  stop.abort();
  await assert.rejects(answer, /Stopped/);
  assert.deepEqual(model.sent.at(-1), { v: 1, id: 1, cancel: true });
});

test("an answer to no question is passed over", () => {
  const model = fakeModel();
  kernelEngine(model);
  assert.equal(model.reply({ id: 7, answer: "late" }), undefined);
});

test("a kernel that does not answer is not waited for without end", async () => {
  await assert.rejects(kernelEngine(fakeModel(), 5).ask({}), /does not answer/);
});
