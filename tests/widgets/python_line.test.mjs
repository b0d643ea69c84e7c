import assert from "node:assert/strict";
import test from "node:test";
import { workerEngine } from "../../vpnedu/widgets/static/python_line.js";

// Workers that do nothing by themselves: a test says what each of them says.
const workers = () => {
  const made = [];
  const open = () => {
    const worker = { sent: [], ended: false };
    worker.postMessage = (message) => worker.sent.push(message);
    worker.terminate = () => { worker.ended = true; };
    worker.says = (data) => worker.onmessage({ data });
    made.push(worker);
    return worker;
  };
  return { made, open };
};

const ready = { state: "ready", seconds: 2, memory: 31 };
const started = (times) => {
  const { made, open } = workers();
  const news = [];
  const engine = workerEngine({ open, told: (words) => news.push(words), times: { patience: 30, starting: 60, grace: 10, ...times } });
  return { engine, made, news };
};
const soon = (time) => new Promise((done) => setTimeout(done, time));

test("Python is not started before it is asked", () => {
  assert.equal(started().made.length, 0);
});

test("what is asked while Python starts is sent when it is ready, once", async () => {
  const { engine, made } = started();
  const answer = engine.ask("a");
  assert.deepEqual(made[0].sent, []);
  made[0].says(ready);
  assert.deepEqual(made[0].sent, [{ v: 1, id: 1, request: "a" }]);
  made[0].says({ id: 1, answer: "A" });
  assert.equal(await answer, "A");
  assert.equal(engine.memory(), 31);
});

test("starting may take longer than an answer may", async () => {
  const { engine, made } = started({ patience: 5, starting: 1000 });
  const answer = engine.ask("a");
  await soon(30);
  made[0].says(ready);
  made[0].says({ id: 1, answer: "A" });
  assert.equal(await answer, "A");
});

test("Python that does not start is said to be lost, with the reason", async () => {
  const { engine, made, news } = started();
  const answer = engine.ask("a");
  made[0].says({ state: "lost", message: "no room" });
  await assert.rejects(answer, /could not be started: no room/);
  assert.match(news.at(-1), /no room/);
  assert.ok(made[0].ended);
});

test("Python that neither starts nor fails is given up", async () => {
  const { engine, made } = started({ starting: 10 });
  await assert.rejects(engine.ask("a"), /took too long/);
  assert.ok(made[0].ended);
});

test("after a failed start the next question starts it anew", async () => {
  const { engine, made } = started();
  const first = engine.ask("a");
  made[0].onerror({ message: "404" });
  await assert.rejects(first, /404/);
  const second = engine.ask("b");
  made[1].says(ready);
  made[1].says({ id: 2, answer: "B" });
  assert.equal(await second, "B");
});

test("a worker that dies is started again, said, and asked again what was open", async () => {
  const { engine, made, news } = started();
  const answer = engine.ask("a");
  made[0].says(ready);
  made[0].onerror({ message: "out of memory" });
  assert.match(news.at(-1), /Starting|started again/);
  made[1].says(ready);
  assert.deepEqual(made[1].sent, [{ v: 1, id: 1, request: "a" }]);
  made[1].says({ id: 1, answer: "A" });
  assert.equal(await answer, "A");
  assert.equal(engine.starts(), 2);
});

test("what kills two workers is not tried a third time", async () => {
  const { engine, made } = started();
  const answer = engine.ask("a");
  for (const at of [0, 1]) { made[at].says(ready); made[at].says({ state: "lost", message: "stack" }); }
  await assert.rejects(answer, /stopped twice/);
  assert.equal(made.length, 2);
});

test("what is to be asked once is not asked again of a new worker", async () => {
  const { engine, made } = started();
  const answer = engine.ask("run this", { once: true });
  made[0].says(ready);
  made[0].onerror({ message: "out of memory" });
  await assert.rejects(answer, /started again/);
  assert.equal(made.length, 1);
});

test("a worker that hears a cancellation lives on", async () => {
  const { engine, made } = started();
  const stop = new AbortController();
  const answer = engine.ask("years", { signal: stop.signal });
  made[0].says(ready);
  stop.abort();
  await assert.rejects(answer, /Stopped/);
  made[0].says({ id: 1, cancelled: true });
  await soon(25);
  assert.equal(made[0].ended, false);
});

test("a worker that is deaf to a cancellation is ended, and others' questions go to a new one", async () => {
  const { engine, made, news } = started({ patience: 1000 });
  const stop = new AbortController();
  const endless = engine.ask("while True: pass", { signal: stop.signal });
  made[0].says(ready);
  const other = engine.ask("b");
  stop.abort();
  await assert.rejects(endless, /Stopped/);
  await soon(25);
  assert.ok(made[0].ended);
  assert.ok(news.some((words) => /Python was stopped/.test(words)));
  made[1].says(ready);
  assert.deepEqual(made[1].sent.map(({ request }) => request), ["b"]);
  made[1].says({ id: 2, answer: "B" });
  assert.equal(await other, "B");
});

test("what has no end is ended by time, and only that is lost", async () => {
  const { engine, made } = started({ patience: 20 });
  const endless = engine.ask("a");
  made[0].says(ready);
  await assert.rejects(endless, /took too long/);
  assert.ok(made[0].ended);
});

test("a word of a worker that was ended is not heard", async () => {
  const { engine, made } = started({ patience: 10 });
  const first = engine.ask("a");
  made[0].says(ready);
  await assert.rejects(first, /took too long/);
  const second = engine.ask("b");
  made[0].says({ id: 2, answer: "of the dead" });
  made[1].says(ready);
  made[1].says({ id: 2, answer: "B" });
  assert.equal(await second, "B");
});
