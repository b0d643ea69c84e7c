// Reads GIFT files with gift-pegjs, which is not ours: a list of texts comes in as JSON, a list of
// what is in them goes out. The folder that holds its node_modules is the one argument.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const { parse } = createRequire(join(resolve(process.argv[2]), "node_modules", "x.js"))("gift-pegjs");

const text = (said) => said?.text ?? said ?? "";
const choice = (one) => ({
  text: typeof one.text === "object" && "number" in one.text ? one.text : text(one.text),
  right: one.isCorrect,
  weight: one.weight,
  says: text(one.feedback),
});

const read = (file) =>
  parse(file)
    .filter((question) => question.type !== "Category")
    .map((question) => ({
      id: question.id,
      type: question.type,
      stem: text(question.stem),
      reason: text(question.globalFeedback),
      isTrue: question.isTrue,
      choices: question.choices?.map(choice),
      pairs: question.matchPairs?.map((pair) => [text(pair.subquestion), pair.subanswer]),
    }));

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
