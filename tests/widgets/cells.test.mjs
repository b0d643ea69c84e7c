import assert from "node:assert/strict";
import test from "node:test";

import { wordsOf } from "../../vpnedu/widgets/static/cell_desk.js";
import { elementsIn } from "../../vpnedu/widgets/static/cell_outputs.js";
import { makeLine } from "../../vpnedu/widgets/static/protocol.js";

const answer = { error: null, first: [], anew: false };
const error = { cell: "cell 2", line: 3, message: "ValueError: no" };

test("a run that went well says where its output is, and what ran before it", () => {
  assert.equal(wordsOf(answer, "cell 2", true), "Done: the output is below.");
  assert.equal(wordsOf({ ...answer, first: ["imports"] }, "cell 2", true), "Done: the output is below.");
  assert.equal(wordsOf({ ...answer, first: ["imports", "cell 1"], anew: true }, "cell 2", false), "Done: the output is below. The cells above ran first.");
});

test("a Python that began anew since the last answer is told of", () => {
  assert.match(wordsOf({ ...answer, anew: true }, "cell 2", true), /started anew/);
  assert.doesNotMatch(wordsOf({ ...answer, anew: true }, "cell 2", false), /started anew/);
});

test("an error is told with its line, and with its cell where that is another", () => {
  assert.equal(wordsOf({ ...answer, error }, "cell 2", true), "Line 3: ValueError: no");
  assert.equal(wordsOf({ ...answer, error: { ...error, line: null } }, "cell 2", true), "ValueError: no");
  assert.equal(wordsOf({ ...answer, error }, "cell 4", true), "The code above in cell 2 ran first, and failed. Line 3: ValueError: no");
});

test("the book's elements are found in HTML, each once", () => {
  assert.deepEqual(elementsIn('<vpn-figure id="a"></vpn-figure><p><vpn-window class="x"><vpn-figure\nid="b">'), ["figure", "window"]);
  assert.deepEqual(elementsIn("<b>vpn-figure</b><vpnx>"), []);
});

test("a run that a reader can stop is given all the time it takes", async () => {
  const late = [];
  const line = makeLine({ post: () => {}, patience: 1, silent: (id) => { late.push(id); return false; } });
  line.ask({}, { patient: true }).catch(() => {});
  line.ask({}).catch(() => {});
  await new Promise((done) => setTimeout(done, 30));
  assert.deepEqual(late, [2]);
});

test("what cannot be sent fails at once, and is not waited for", async () => {
  const line = makeLine({ post: () => { throw new Error("too deep"); }, patience: 1, silent: () => assert.fail("nothing is waited for") });
  await assert.rejects(line.ask({}), /too deep/);
  await new Promise((done) => setTimeout(done, 20));
  assert.equal(line.open(), false);
});
