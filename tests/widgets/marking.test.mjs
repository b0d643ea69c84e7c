import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { mark } from "../../vpnedu/widgets/static/marking.js";

const { questions } = JSON.parse(readFileSync(new URL("../quiz/vectors.json", import.meta.url), "utf8"));

for (const { question, cases } of questions) {
  test(`the page marks ${question.id} as the vectors say`, () => {
    for (const { answer, hints, ...expected } of cases) {
      assert.deepEqual(mark(question, answer, hints), expected, JSON.stringify(answer));
    }
  });

  test(`marking ${question.id} changes neither question nor answer`, () => {
    const before = JSON.stringify(question);
    for (const { answer, hints } of cases) {
      const asked = JSON.stringify(answer);
      mark(question, answer, hints);
      assert.equal(JSON.stringify(answer), asked);
    }
    assert.equal(JSON.stringify(question), before);
  });

  test(`an answer that is not there leaves ${question.id} blank`, () => {
    assert.equal(mark(question, undefined).status, "blank");
  });
}
