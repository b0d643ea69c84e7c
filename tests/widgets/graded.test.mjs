import assert from "node:assert/strict";
import test from "node:test";
import { fits, isBlank, unreadable } from "../../vpnedu/widgets/static/graded_answers.js";
import { copyText } from "../../vpnedu/widgets/static/graded_copy.js";
import { makeDraft } from "../../vpnedu/widgets/static/graded_draft.js";
import { fileName, localTime } from "../../vpnedu/widgets/static/graded_words.js";
import { makeKeeping } from "../../vpnedu/widgets/static/keeping.js";

const things = (...ids) => ids.map((id) => ({ id, text: [[id.toUpperCase()]] }));
const SLOTS = {
  one: { slot: "k1", input: "one", text: [["One?"]], choices: things("ka", "kb") },
  many: { slot: "k2", input: "many", text: [["Many?"]], choices: things("ka", "kb", "kc") },
  pairs: { slot: "k3", input: "pairs", text: [["Pairs?"]], items: things("ki", "kj"), options: things("ko", "kp") },
  order: { slot: "k4", input: "order", text: [["Order?"]], steps: things("ks", "kt") },
  number: { slot: "k5", input: "number", text: [["How ", ["em", "long"], "?"]], unit: "B", units: [["B", "1"], ["kB", "1000"]], table: { caption: "Sizes", columns: ["of", "B"], rows: [["a packet", "1400"]] } },
  typed: { slot: "k6", input: "typed", text: [["Port?"]], form: "port" },
  byte: { slot: "k7", input: "byte", text: [["Byte?"]], hex: "00".repeat(12) },
};
const FORM = { quiz: "week 3/b", title: "Week 3", issue: "0123456789ab", form: "7K3M9QPT", tag: "0123456789abcdef0123", learner: "ada", name: "Ada", attempt: 1, due: "2026-12-01T22:59:00Z", told: [], slots: Object.values(SLOTS) };

// Storage as of one browser, in which each tab has a page of its own.
const makeBrowser = () => {
  const [kept, clock] = [new Map(), { hour: 0 }];
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => { if (storage.full) throw new Error("full"); kept.set(key, text); }, removeItem: (key) => kept.delete(key), get length() { return kept.size; }, key: (at) => [...kept.keys()][at] };
  const now = () => `2026-12-01T0${clock.hour}:00:00Z`;
  return { kept, storage, clock, tab: (form = FORM, keep = makeKeeping(() => storage)) => makeDraft(form, keep, { now, zone: () => "UTC", app: "vpnedu 1" }) };
};

test("an answer is blank, fits its question, or is not taken from what a browser kept", () => {
  for (const blank of [null, undefined, "", [], {}]) assert.ok(isBlank(blank));
  const taken = { one: ["ka"], many: [["kc", "ka"]], pairs: [{ ki: "kp", kj: "kp" }, { kj: "ko" }], order: [["kt", "ks"]], number: ["x", "1,4"], typed: ["?"], byte: ["99"] };
  const left = { one: ["kc", ["ka"], 1], many: [["kd"], ["ka", "ka"], "ka", [1]], pairs: [{ ko: "ki" }, { ki: 1 }, ["ki"], "ki"], order: [["ks"], ["ks", "ks"], "ks"], number: [1, ["1"], "1".repeat(501)], typed: [{}], byte: [3] };
  for (const [name, answers] of Object.entries(taken)) for (const answer of answers) assert.ok(fits(SLOTS[name], answer), name);
  for (const [name, answers] of Object.entries(left)) for (const answer of answers) assert.ok(!fits(SLOTS[name], answer), `${name} ${answer}`);
});

test("what can't be read is told by its form alone, and what can be read is not judged", () => {
  for (const fine of ["1", "7 kB", "-3", "1 420 B", " 3/4 ", "", null]) assert.equal(unreadable(SLOTS.number, fine), "");
  assert.match(unreadable(SLOTS.number, "1,420"), /comma/);
  assert.match(unreadable(SLOTS.number, "3 ms"), /unit/);
  for (const fine of ["500", "udp/4500", "65535"]) assert.equal(unreadable(SLOTS.typed, fine), "");
  assert.match(unreadable(SLOTS.typed, "65536"), /65535/);
  assert.match(unreadable({ input: "typed", form: "address" }, "10.0.0.1/24"), /without a length/);
  for (const fine of ["0", "11"]) assert.equal(unreadable(SLOTS.byte, fine), "");
  for (const wrong of ["12", "-1", "1.0", "x"]) assert.equal(unreadable(SLOTS.byte, wrong), "give the number of a byte, 0 to 11");
  assert.equal(unreadable(SLOTS.one, "ka"), "");
});

test("a draft is there again, and blanks are left out of the file", () => {
  const { tab } = makeBrowser();
  const draft = tab();
  draft.put("k1", "kb");
  draft.put("k5", "7");
  draft.put("k5", null);
  assert.equal(tab().answer("k1"), "kb");
  assert.equal(tab().answer("k5"), null);
  assert.deepEqual(JSON.parse(draft.file().text).answers, { k1: "kb" });
});

test("a draft of another form, or of another issue of this one, is never mixed in", () => {
  const { tab } = makeBrowser();
  tab().put("k1", "kb");
  for (const other of [{ ...FORM, form: "00000000" }, { ...FORM, tag: "f".repeat(20) }]) {
    assert.equal(tab(other).answer("k1"), null);
    tab(other).put("k1", "ka");
  }
  assert.equal(tab().answer("k1"), "kb");
});

test("a damaged draft is left where it is damaged", () => {
  const { tab, kept } = makeBrowser();
  tab().put("k1", "kb");
  const [key] = [...kept.keys()];
  const draft = { started: "2026-12-01T00:00:00Z", answers: { k1: "kb", k2: ["kz"], k3: null, k9: "x" }, saved: { receipt: "A", answers: {}, client: {} } };
  kept.set(key, JSON.stringify(draft));
  assert.deepEqual(JSON.parse(tab().file().text).answers, { k1: "kb" });
  for (const broken of ["{", "null", "[]", '"x"', '{"answers":{"k1":"kb"}}']) {
    kept.set(key, broken);
    assert.equal(tab().answer("k1"), null);
    assert.equal(tab().saved(), null);
  }
});

test("the same answers give the same file again; other answers another receipt", () => {
  const { tab, clock } = makeBrowser();
  const draft = tab();
  assert.equal(draft.changed(), false);
  draft.put("k1", "kb");
  assert.equal(draft.changed(), true);
  const first = draft.file();
  assert.equal(draft.changed(), false);
  clock.hour = 2;
  assert.deepEqual(draft.file(), first);
  assert.deepEqual(tab().file(), first);
  draft.put("k1", "ka");
  assert.equal(draft.changed(), true);
  assert.equal(draft.saved().receipt, first.receipt);
  const { client } = JSON.parse(draft.file().text);
  assert.deepEqual(client, { app: "vpnedu 1", started: "2026-12-01T00:00:00Z", saved: "2026-12-01T02:00:00Z", zone: "UTC" });
  assert.notEqual(draft.saved().receipt, first.receipt);
});

test("going back to the answers of the last file needs no new file", () => {
  const { tab } = makeBrowser();
  const draft = tab();
  draft.put("k2", ["ka"]);
  const first = draft.file();
  draft.put("k2", ["ka", "kb"]);
  draft.put("k2", ["ka"]);
  assert.equal(draft.changed(), false);
  assert.deepEqual(draft.file(), first);
});

test("two tabs lose nothing of each other's, heard or not", () => {
  const { tab } = makeBrowser();
  const [one, other] = [tab(), tab()];
  one.put("k1", "kb");
  other.put("k5", "7");
  assert.deepEqual(one.heard(), ["k5"]);
  assert.deepEqual([one.answer("k1"), one.answer("k5")], ["kb", "7"]);
  assert.deepEqual([other.answer("k1"), other.heard()], ["kb", []]);
  other.put("k1", null);
  assert.deepEqual(one.heard(), ["k1"]);
  assert.equal(one.isMine(["form", FORM.form, FORM.tag]), true);
  assert.equal(one.isMine(["form", FORM.form, "f"]), false);
});

test("a browser whose storage is emptied or full loses nothing of this page", () => {
  const { tab, kept, storage } = makeBrowser();
  const keep = makeKeeping(() => storage);
  const draft = tab(FORM, keep);
  // The page listens, and hears of a refusal while it writes.
  keep.listen(() => draft.heard());
  draft.put("k1", "kb");
  kept.clear();
  assert.deepEqual(draft.heard(), []);
  assert.equal(tab().answer("k1"), "kb");
  storage.full = true;
  draft.put("k5", "7");
  assert.deepEqual([draft.answer("k1"), draft.answer("k5")], ["kb", "7"]);
  assert.deepEqual(JSON.parse(draft.file().text).answers, { k1: "kb", k5: "7" });
});

test("a moment is told by the student's clock, on the day it belongs to", () => {
  assert.equal(localTime("2026-12-01T22:59:00Z", "Europe/Berlin"), "Tuesday 1 December 2026, 23:59 (UTC+01:00, Europe/Berlin)");
  assert.equal(localTime("2026-07-01T22:59:00Z", "Europe/Berlin"), "Thursday 2 July 2026, 00:59 (UTC+02:00, Europe/Berlin)");
  assert.equal(localTime("2026-12-01T22:59:00Z", "Asia/Kathmandu"), "Wednesday 2 December 2026, 04:44 (UTC+05:45, Asia/Kathmandu)");
  assert.equal(localTime("2026-12-01T05:00:00Z", "America/New_York"), "Tuesday 1 December 2026, 00:00, as that day begins (UTC-05:00, America/New_York)");
  assert.equal(localTime("2026-12-01T22:59:00Z", ""), "Tuesday 1 December 2026, 22:59 (UTC+00:00)");
});

test("a file has a name that every system takes", () => {
  assert.equal(fileName(FORM), "week-3-b.ada.1");
  assert.equal(fileName({ quiz: "a", learner: "x@y.z", attempt: 2 }), "a.x@y.z.2");
});

test("the copy to read says every question and answer in words", () => {
  const draft = makeBrowser().tab();
  const before = copyText(FORM, draft, "UTC");
  assert.match(before, /no saved file yet/);
  assert.equal(before.match(/^Not answered\.$/gm).length, 7);
  for (const [slot, answer] of Object.entries({ k1: "kb", k2: ["kc", "ka"], k3: { kj: "ko" }, k4: ["kt", "ks"], k5: "1,4", k6: "udp/500", k7: "3" })) draft.put(slot, answer);
  const { receipt } = draft.file();
  const copy = copyText(FORM, draft, "UTC");
  const body = copy.slice(copy.indexOf("1. One?"));
  assert.ok(copy.includes(`Receipt: ${receipt}\nSaved: Tuesday 1 December 2026, 00:00`));
  assert.equal(body, `1. One?
My answer:
  [ ] A KA
  [x] B KB

2. Many?
My answer:
  [x] A KA
  [ ] B KB
  [x] C KC

3. Pairs?
My answer:
  KI: …
  KJ: KO

4. Order?
My answer:
  1. KT
  2. KS

5. How long?
Sizes
  of        B
  a packet  1400
My answer, which can’t be read (${unreadable(SLOTS.number, "1,4")}):
  1,4  (in B)

6. Port?
My answer:
  udp/500

7. Byte?
  ${"00 ".repeat(12).trim()}
My answer:
  byte 3
`);
});
