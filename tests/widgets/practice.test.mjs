import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { makeChance } from "../../vpnedu/widgets/static/chance.js";
import { fileOf, isDrill, isDrilling, isExam, sound, valuesOf } from "../../vpnedu/widgets/static/checking.js";
import { draw, tallied } from "../../vpnedu/widgets/static/drawing.js";
import { NEW, after, nextOf, stepOf, variantOf } from "../../vpnedu/widgets/static/drilling.js";
import { makeKeeping } from "../../vpnedu/widgets/static/keeping.js";
import { makeWriter } from "../../vpnedu/widgets/static/sources.js";
import { remarked } from "../../vpnedu/widgets/static/remarking.js";

const vectors = (name) => JSON.parse(readFileSync(new URL(`../quiz/${name}_vectors.json`, import.meta.url), "utf8"));
const drills = vectors("drill");
const exams = vectors("exam");
const files = vectors("progress");
const textOf = ({ file, text }) => (file ? JSON.stringify(file) : text.map(([piece, times]) => piece.repeat(times)).join(""));

test("an answer moves a generator to the box that Python moves it to", () => {
  for (const { why, record, right, step, helped, after: then } of drills.after) assert.deepEqual(after(record, right, step, helped), then, why);
});

test("where the rules leave one choice, every seed makes it", () => {
  for (const { why, records, generators, step, next } of drills.next) {
    for (let seed = 0; seed < 20; seed += 1) assert.equal(nextOf(records, generators, step, makeChance(seed, "drill/x")), next, why);
  }
});

test("a walk through the drills is Python's walk", () => {
  for (const { seed, generators, steps, records: end } of drills.walks) {
    const records = {};
    for (const [name, variant, right] of steps) {
      const step = stepOf(records);
      assert.equal(nextOf(records, generators, step, makeChance(seed, `drill/${step}`)), name);
      const before = records[name] ?? NEW;
      assert.equal(variantOf(seed, name, before.right + before.wrong), variant);
      records[name] = after(before, right, step);
    }
    assert.deepEqual(records, end);
  }
});

test("a number is drawn as Python draws it, with an end and without", () => {
  for (const { seed, generator, asked, endless, number } of drills.numbers) assert.equal(variantOf(seed, generator, asked, endless), number);
});

test("an engine is asked once for a question and its figure, and again where it failed", async () => {
  const asked = [];
  let broken = true;
  const write = makeWriter(async (request) => {
    asked.push(request);
    if (broken) throw new Error("no engine");
    return { question: request.seed, figure: null };
  });
  await assert.rejects(write("routes", 40));
  broken = false;
  assert.equal((await write("routes", 40)).question, "40");
  await write("routes", 40);
  await write("routes", 41);
  assert.deepEqual(asked, ["40", "40", "41"].map((seed) => ({ drill: "routes", seed })));
});

const quizzesOf = (book) => Object.entries(exams.books[book]).map(([quiz, questions]) => ({
  quiz, title: quiz.toUpperCase(),
  objectives: [...new Set(Object.values(questions))].map((id) => ({ id, text: id, section: id })),
  questions: Object.entries(questions).map(([id, objective]) => ({ id, objective, rev: "0".repeat(12) })),
}));

test("an exam draws what Python draws", () => {
  for (const { book, seed, count, drawn } of exams.cases) assert.deepEqual(draw(quizzesOf(book), seed, count), drawn);
});

test("marks add up by objective and by chapter, and what does not count is left out", () => {
  const marks = { a1: { status: "correct", score: "3/4" }, a2: { status: "partial", score: "1/2" }, a3: null };
  const [row, ...others] = tallied(quizzesOf("small"), (_, { id }) => marks[id]);
  assert.deepEqual(others, []);
  assert.deepEqual(row.whole, { asked: 3, answered: 2, right: 1, score: 1.25 });
  assert.deepEqual(row.objectives.map(({ objective, tally }) => [objective.id, tally.answered]), [["o", 2], ["p", 0]]);
});

test("a blank answer and one that can't be read are no answers", () => {
  const [row] = tallied(quizzesOf("small"), (_, { id }) => ({ status: id === "a1" ? "blank" : "invalid", score: "0" }));
  assert.equal(row.whole.answered, 0);
});

test("a good progress file is read as it is", () => {
  for (const given of files.good) assert.deepEqual(valuesOf(textOf(given)), given.file ?? JSON.parse(textOf(given).replace(/^\ufeff/, "")), given.why);
});

test("a bad progress file is refused where and as Python refuses it", () => {
  for (const given of files.bad) assert.throws(() => valuesOf(textOf(given)), { field: given.field, rule: given.rule }, given.why);
});

test("what is exported is what an import takes, and gives the same again", () => {
  const { quizzes, drills: boxes, exam } = files.good[0].file;
  const written = fileOf({ quizzes, drills: boxes, exam }, "Ana", "2026-11-23T08:30:00.000Z");
  assert.deepEqual(valuesOf(JSON.stringify(written)), written);
  assert.deepEqual([written.quizzes, written.drills, written.exam], [quizzes, boxes, exam]);
});

test("what no import would take is not exported", () => {
  const { quizzes, drills: boxes, exam } = files.good[0].file;
  const spoilt = { quizzes: { ...quizzes, "a/b": {}, broken: { q: { rev: 1 } }, odd: 5 }, drills: { ...boxes, x: 7 }, exam: { seed: "?" } };
  const written = fileOf(spoilt, "", "2026-11-23T08:30:00.000Z");
  assert.deepEqual(Object.keys(written.quizzes), ["route-based", "broken"]);
  assert.deepEqual([written.quizzes.broken, written.drills, written.exam, exam.seed], [{}, boxes, null, 42]);
  assert.doesNotThrow(() => valuesOf(JSON.stringify(written)));
});

test("of what is kept only what this book keeps is shown", () => {
  const { quizzes, drills: boxes, exam } = files.good[0].file;
  const [[quiz, records]] = Object.entries(quizzes);
  const [[id, good]] = Object.entries(records);
  const bad = [5, null, "x", [], {}, { ...good, last: {} }, { ...good, last: { status: "correct", score: 1 } }, { ...good, last: { status: "correct", score: "1/0" } }];
  const spoilt = Object.fromEntries(bad.map((one, place) => [`bad-${place}`, one]));
  const found = sound({ quizzes: { [quiz]: { ...spoilt, [id]: good } }, drills: { ...boxes, x: { box: -3, right: 1, wrong: 1, last: 1 } }, exam: { ...exam, questions: { ...exam.questions, "a/b": 5 } } });
  assert.deepEqual(found, { quizzes, drills: boxes, exam });
  for (const sat of [5, "x", [], {}, { seed: 1 }, { ...exam, drawn: 7 }]) assert.equal(sound({ quizzes, drills: boxes, exam: sat }).exam, null);
});

test("where an exam and the drills stand is taken only in good form", () => {
  const { drills: boxes, exam: { questions, ...head } } = files.good[0].file;
  const now = { generator: "which-route", step: 1, number: 3 };
  const standing = { seed: 5, off: ["BGP"], now, record: null };
  assert.deepEqual([isExam(head), isDrilling(standing), isDrilling({ ...standing, now: null }), isDrill(boxes["which-route"])], [true, true, true, true]);
  for (const bad of [5, null, "x", {}, { ...head, drawn: null }, { ...head, seed: 1e308 }]) assert.equal(isExam(bad), false);
  for (const more of [true, false]) assert.equal(isDrilling({ ...standing, more }), true, "readers may have said whether they want more");
  for (const bad of [5, null, {}, { ...standing, more: 1 }, { ...standing, off: 5 }, { ...standing, now: 7 }, { ...standing, now: { ...now, number: 1e9 } }]) assert.equal(isDrilling(bad), false);
  for (const bad of ["x", null, { box: 99, right: 1, wrong: 1, last: 1 }, { box: 1, right: "1", wrong: 1, last: 1 }]) assert.equal(isDrill(bad), false);
});

test("a drill goes on from the highest numbers that a file can bring", () => {
  const [most] = [{ box: 5, right: 1000000, wrong: 1000000, last: 2000000 }];
  const step = stepOf({ most });
  assert.equal(isDrill(after(most, true, step)), true);
  assert.equal(isDrilling({ seed: 1, off: [], now: { generator: "most", step, number: 0 }, record: null }), true);
});

const choosing = { id: "q1", rev: "0123456789ab", input: "one", hints: [{ cost: "1/4" }], choices: [{ id: "east", right: false }, { id: "west", text: [["West."]], right: true }] };
const claim = { status: "correct", score: "1" };
const given = { rev: choosing.rev, answer: "west", checked: true, tries: 1, hints: 0, first: claim, last: claim, seed: 0 };
const book = [{ quiz: "a", title: "A", objectives: [], questions: [{ ...choosing, choices: choosing.choices.map((one) => ({ text: [[one.id]], ...one })) }] }];

test("what a file claims of its scores is marked anew", () => {
  const changed = (changes) => ({ ...given, ...changes });
  const marks = [
    [{ answer: "east" }, { last: { status: "incorrect", score: "0" } }],
    [{ hints: 1 }, { last: { status: "correct", score: "3/4" } }],
    [{ answer: null }, { checked: false, last: { status: "blank", score: "0" } }],
    [{ answer: ["west"] }, { checked: false, last: { status: "invalid", score: "0" } }],
    [{ checked: false, answer: "east" }, {}],
    [{ rev: "ba9876543210", answer: "east" }, {}],
  ];
  for (const [claimed, then] of marks) {
    const record = changed(claimed);
    const found = remarked({ quizzes: { a: { q1: record }, other: { q1: record } }, drills: {}, exam: { seed: 1, questions: { "a/q1": record } } }, book);
    assert.deepEqual(found, { quizzes: { a: { q1: { ...record, ...then } }, other: { q1: record } }, drills: {}, exam: { seed: 1, questions: { "a/q1": { ...record, ...then } } } });
  }
});

// A browser's storage, with room for `room` signs and a switch that breaks it.
const fakeStorage = (room = Infinity) => {
  const values = new Map();
  const size = () => [...values].reduce((sum, [key, text]) => sum + key.length + text.length, 0);
  const storage = {
    broken: false,
    get length() { return values.size; },
    key: (place) => [...values.keys()][place],
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, text) => { if (storage.broken || size() + text.length > room) throw new Error("QuotaExceededError"); values.set(key, String(text)); },
    removeItem: (key) => { if (storage.broken) throw new Error("SecurityError"); values.delete(key); },
  };
  return storage;
};
const record = { rev: "0123456789ab", answer: "west", checked: false };

test("each question has a key of its own, and no other's is touched", () => {
  const storage = fakeStorage();
  storage.setItem("theme", "dark");
  const keep = makeKeeping(() => storage);
  keep.write("route-based", "q1", record);
  assert.equal(storage.key(storage.length - 1), "vpnedu:1:quiz:route-based:q1");
  assert.deepEqual(keep.read("route-based", "q1"), record);
  assert.equal(keep.read("route-based", "q2"), null);
  keep.forget("route-based");
  assert.deepEqual([storage.length, storage.getItem("theme")], [1, "dark"]);
});

test("two tabs write two questions, and both answers stay", () => {
  const storage = fakeStorage();
  const [one, other] = [makeKeeping(() => storage), makeKeeping(() => storage)];
  one.write("a", "q1", record);
  other.write("a", "q2", record);
  assert.deepEqual(one.all().quizzes, { a: { q1: record, q2: record } });
});

test("forgetting a question leaves those whose name begins as its own does", () => {
  const storage = fakeStorage();
  const keep = makeKeeping(() => storage);
  keep.write("a", "q1", record);
  keep.write("a", "q10", record);
  keep.forget("a", "q1");
  assert.deepEqual(keep.all().quizzes, { a: { q10: record } });
});

const full = fakeStorage(0);
for (const [why, open] of [["is forbidden", () => { throw new Error("SecurityError"); }], ["is full", () => full]]) {
  test(`where storage ${why}, memory holds the answers, and the reader is told`, () => {
    const keep = makeKeeping(open);
    assert.equal(keep.lasting, false);
    assert.match(keep.told(), /does not keep your answers/);
    keep.write("a", "q1", record);
    keep.set({ box: 1 }, "drills", "which-route");
    assert.deepEqual(keep.all(), { quizzes: { a: { q1: record } }, drills: { "which-route": { box: 1 } }, exam: null });
    keep.forget("a");
    assert.equal(keep.read("a", "q1"), null);
  });
}

test("storage that breaks in the middle loses nothing, and listeners hear of it", () => {
  const storage = fakeStorage();
  const keep = makeKeeping(() => storage);
  const heard = [];
  keep.listen((names) => heard.push(names));
  keep.write("a", "q1", record);
  assert.deepEqual([keep.lasting, keep.told(), heard], [true, "", []]);
  storage.broken = true;
  keep.write("a", "q2", record);
  keep.forget("a", "q1");
  assert.deepEqual([keep.lasting, heard], [false, [[]]]);
  assert.deepEqual(keep.all().quizzes, { a: { q2: record } });
});

test("what is in storage and no JSON counts as nothing", () => {
  const storage = fakeStorage();
  storage.setItem("vpnedu:1:quiz:a:q1", "{not json");
  storage.setItem("vpnedu:1:quiz:%E0%A4%A", "1");
  const keep = makeKeeping(() => storage);
  assert.equal(keep.read("a", "q1"), null);
  assert.deepEqual(keep.all().quizzes, {});
});

test("a quiz or question may have any name, and none reaches what is not its own", () => {
  const storage = fakeStorage();
  const keep = makeKeeping(() => storage);
  const [before, keysOf] = [{ ...Object.prototype }, Object.keys];
  for (const name of ["constructor", "__proto__", "toString"]) {
    keep.write(name, "keys", record);
    keep.write("a", name, record);
    keep.set(NEW, "drills", name);
  }
  const all = keep.all();
  assert.deepEqual([Object.keys === keysOf, { ...Object.prototype }], [true, before]);
  assert.deepEqual(Object.getOwnPropertyNames(all.quizzes).sort(), ["__proto__", "a", "constructor", "toString"]);
  assert.deepEqual(Object.getOwnPropertyNames(all.quizzes.a), Object.getOwnPropertyNames(all.drills));
  keep.forget("constructor");
  assert.equal(Object.hasOwn(keep.all().quizzes, "constructor"), false);
});

test("an exam goes into a file in one piece, and comes back as it was", () => {
  const exam = { seed: 5, count: null, drawn: ["a/q1"], handed: true, questions: { "a/q1": record } };
  const [one, other] = [makeKeeping(() => { throw new Error(); }), makeKeeping(() => { throw new Error(); })];
  one.lay({ quizzes: { a: { q2: record } }, drills: { x: NEW }, exam });
  assert.deepEqual(one.all(), { quizzes: { a: { q2: record } }, drills: { x: NEW }, exam });
  other.set(record, "exam", "b", "old");
  other.lay(one.all());
  assert.deepEqual(other.all(), one.all());
});
