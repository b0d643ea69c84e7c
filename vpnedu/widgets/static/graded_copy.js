// A form and its answers as text, for people: what a student keeps.

import { unreadable } from "./graded_answers.js";
import { localTime } from "./graded_words.js";
import { plain } from "./quiz_prose.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

const tableText = ({ caption, columns, rows }) => {
  const widths = columns.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at].length)));
  const line = (cells) => `  ${cells.map((cell, at) => cell.padEnd(widths[at])).join("  ").trimEnd()}`;
  return [caption, line(columns), ...rows.map(line)];
};

const listed = ({ choices }, isPicked) => choices.map(({ id, text }, place) => `  [${isPicked(id) ? "x" : " "}] ${LETTERS[place] ?? ""} ${plain(text)}`);
const textOf = (things, id) => plain(things.find((thing) => thing.id === id).text);
const typed = ({ unit }, answer) => [`  ${answer ?? "…"}${unit ? `  (in ${unit})` : ""}`];

const WAYS = {
  one: (slot, answer) => listed(slot, (id) => id === answer),
  many: (slot, answer) => listed(slot, (id) => (answer ?? []).includes(id)),
  pairs: ({ items, options }, answer) => items.map(({ id, text }) => `  ${plain(text)}: ${answer?.[id] ? textOf(options, answer[id]) : "…"}`),
  order: ({ steps }, answer) => (answer ?? steps.map(({ id }) => id)).map((id, place) => `  ${answer ? `${place + 1}.` : "-"} ${textOf(steps, id)}`),
  number: typed,
  typed,
  byte: (_, answer) => [`  byte ${answer ?? "…"}`],
};

const answerText = (slot, place, answer) => {
  const wrong = unreadable(slot, answer);
  const state = answer === null ? "Not answered." : wrong ? `My answer, which can’t be read (${wrong}):` : "My answer:";
  const packet = slot.hex ? [`  ${slot.hex.match(/../g).join(" ")}`] : [];
  return [`${place + 1}. ${plain(slot.text)}`, ...(slot.table ? tableText(slot.table) : []), ...packet, state, ...WAYS[slot.input](slot, answer), ""];
};

// `saved` is what the draft tells of its last file, null where these answers are in none.
export const copyText = (form, draft, zone) => {
  const [saved, changed] = [draft.saved(), draft.changed()];
  const proof = saved && !changed ? [`Receipt: ${saved.receipt}`, `Saved: ${localTime(saved.client.saved, zone)}`] : ["These answers are in no saved file yet, so there is no receipt for them."];
  const head = [form.title, "", `Student: ${form.name ? `${form.name} (${form.learner})` : form.learner}`, `Attempt: ${form.attempt}`, `Form: ${form.form}`,
    ...(form.due ? [`Due: ${localTime(form.due, zone)}`] : []), `First opened: ${localTime(draft.started(), zone)}`, ...proof,
    "This copy is for reading. What is handed in is the file that ends in .vpnq.json.", ""];
  return [...head, ...form.slots.flatMap((slot, place) => answerText(slot, place, draft.answer(slot.slot)))].join("\n");
};
