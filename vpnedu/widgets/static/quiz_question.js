// One question that can be answered, checked and tried again: a form with one fieldset.
//
//   makeQuestion(question, {quiz, seed, record, changed(record), mode, figure, section, number, of})
//     question   compiled data, as `vpnedu.widgets.quizzes.compiled` gives it
//     quiz       name of the bank; with `seed` it sets the order of choices
//     seed       used where `record` has none
//     record     what was kept of this question, or null; one of another revision is passed over
//     changed    called with the new record after every input, hint and check
//     mode       "practice" (Check, hints, feedback) or "exam" (only the answer is taken, until
//                `show` is called with a record that is checked)
//     figure     () => Promise of a figure's data; without it `question.figure`, if that is there
//     section    {href, text}: where to reread, or null
//     number, of the question's place, for the legend; both may be left out
//   gives {element, record(), focus(), show(record), again()}
//     record()   {rev, answer, checked, tries, hints, first, last, seed}; answer is null when blank
//     show(r)    shows that record: answer, hints, and verdict with feedback if it is checked;
//                null starts over. `changed` is not called.
//     again()    clears the verdict and keeps the answer, as the button "Try again" does
//
// The element dispatches nothing: all that happens is told to `changed`.

import { h, say } from "./kit.js";
import { mark } from "./marking.js";
import { makeBytes } from "./quiz_bytes.js";
import { makeChoices } from "./quiz_choices.js";
import { makeOrder } from "./quiz_order.js";
import { makePairs } from "./quiz_pairs.js";
import { prose } from "./quiz_prose.js";
import { makePicture, makePlay } from "./quiz_run.js";
import { shownOrder } from "./quiz_shuffle.js";
import { makeDataTable } from "./quiz_table.js";
import { makeTyped } from "./quiz_typed.js";
import { about, costWords, verdict } from "./quiz_words.js";

const WAYS = { one: makeChoices, many: makeChoices, pairs: makePairs, order: makeOrder, byte: makeBytes, number: makeTyped, typed: makeTyped };
const SHUFFLED = ["one", "many", "pairs", "order"];
let made = 0;

export const makeQuestion = (question, { quiz, seed = 0, record = null, changed = () => {}, mode = "practice", figure, section = null, number, of }) => {
  const uid = `q${made += 1}-${question.id}`;
  const exam = mode === "exam";
  const runOf = figure ?? (question.figure && (async () => question.figure));
  let [kept, way, hidden] = [null, null, true];

  const known = (given) => {
    const fresh = { rev: question.rev, answer: null, checked: false, tries: 0, hints: 0, first: null, last: null, seed };
    const all = given?.rev === question.rev ? { ...fresh, ...given } : fresh;
    return { ...all, hints: Math.min(Math.max(all.hints, 0), question.hints.length) };
  };
  const keep = (changes) => { kept = { ...kept, ...changes }; changed(kept); };

  const answered = (answer) => {
    keep({ answer, checked: false });
    if (!hidden) paint(null);
  };
  const build = () => {
    const shown = SHUFFLED.includes(question.input) ? shownOrder(question, quiz, kept.seed) : [];
    way = WAYS[question.input](question, { uid, shown, answered });
    ground.replaceChildren(way.element);
  };

  const check = (event) => {
    event.preventDefault();
    if (exam || kept.checked) return;
    const found = mark(question, kept.answer, kept.hints);
    if (found.status === "blank") return tell("–", "Nothing is answered yet.");
    if (found.status === "invalid") {
      way.show(found);
      way.focus();
      return tell("!", "This can’t be read yet. It costs no attempt.");
    }
    const result = { status: found.status, score: found.score };
    keep({ checked: true, tries: kept.tries + 1, first: kept.first ?? result, last: result });
    return paint(found);
  };
  const again = () => {
    keep({ checked: false });
    paint(null);
  };
  const takeHint = () => {
    keep({ hints: kept.hints + 1 });
    paint(null);
    // The button goes with the last hint; what it gave takes the focus from it.
    if (hint.hidden) hints.lastChild.focus();
  };

  const tell = (sign, words) => {
    hidden = false;
    said.replaceChildren(h("span", { class: "q-sign", "aria-hidden": "true" }, sign), h("span", {}, words));
  };
  // What is shown of a mark; null shows that nothing is marked.
  const paint = (found) => {
    way.show(found);
    element.dataset.status = found?.status ?? "";
    said.replaceChildren();
    after.replaceChildren();
    hidden = !found;
    if (found) {
      tell(...verdict(found, kept.hints));
      explain();
    }
    say(checker, found ? "Checked" : "Check");
    checker.setAttribute("aria-disabled", String(Boolean(found)));
    retry.hidden = !found || found.status === "correct";
    paintHints(found);
  };
  const paintHints = (found) => {
    const taken = question.hints.slice(hints.children.length, kept.hints);
    hints.append(...taken.map((each, place) => h("div", { class: "q-hint", tabindex: "-1" }, h("strong", {}, `Hint ${hints.children.length + place + 1}`), ...prose(each.text))));
    const next = question.hints[kept.hints];
    hint.hidden = Boolean(found) || !next;
    if (next) say(hint, `Hint ${kept.hints + 1} of ${question.hints.length}: costs ${costWords(next.cost)}`);
  };
  const explain = () => {
    const link = section ? h("a", { href: section.href }, section.text) : null;
    const run = h("div", { class: "q-run" });
    after.append(...prose(question.explain), h("p", { class: "q-source" }, question.reference, link ? " · " : null, link));
    if (runOf) { makePlay(runOf, run); after.append(run); }
  };

  const show = (given) => {
    const before = kept?.seed;
    kept = known(given);
    if (kept.seed !== before) build();
    way.write(kept.answer);
    hints.replaceChildren();
    const found = kept.checked ? mark(question, kept.answer, kept.hints) : null;
    // What was kept may come from a file: its mark is not believed, and what can't be marked is a draft.
    if (found && !exam && ["blank", "invalid"].includes(found.status)) kept.checked = false;
    if (kept.checked) kept.last = { status: found.status, score: found.score };
    paint(kept.checked ? found : null);
  };

  const ground = h("div", { class: "q-ground" });
  const hints = h("div", { class: "q-hints", "aria-live": "polite" });
  const said = h("p", { class: "q-verdict", role: "status" });
  const after = h("div", { class: "q-after" });
  const checker = h("button", { class: "q-check" }, "Check");
  const retry = h("button", { type: "button", click: () => { again(); way.focus(); } }, "Try again");
  const hint = h("button", { type: "button", class: "q-take", click: takeHint });
  const legend = h("legend", {}, h("span", { class: "q-about" }, about(question, number, of)), h("span", { class: "q-text" }, ...prose(question.text, "span")));
  const fieldset = h("fieldset", {}, legend, question.table ? makeDataTable(question.table) : null, question.picture ? makePicture(question.figure) : null, ground);
  const actions = exam ? null : h("div", { class: "q-actions" }, checker, retry, hint);
  const element = h("form", { class: "q-card", novalidate: true, submit: check }, fieldset, hints, actions, said, after);

  show(record);
  return { element, record: () => kept, focus: () => way.focus(), show, again };
};
