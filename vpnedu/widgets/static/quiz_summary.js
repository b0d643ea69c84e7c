// The end of a quiz: the score, whole and by objective, and the ways on.

import { h, say } from "./kit.js";
import { tally } from "./quiz_words.js";

const plural = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

// `recordOf(id)` gives a question's record; `linkTo(objective)` where to reread, or null.
export const makeSummary = ({ objectives, questions }, { recordOf, linkTo, again, over }) => {
  const words = h("p", { class: "q-score" });
  const rows = objectives.map((objective) => {
    const mine = questions.filter((question) => question.objective === objective.id);
    const score = h("span", { class: "q-points" });
    const link = linkTo(objective);
    return { mine, score, element: h("li", {}, h("span", {}, objective.text), score, link ? h("a", { href: link.href }, link.text) : null) };
  }).filter((row) => row.mine.length);

  const wrong = h("button", { type: "button", click: again }, "Try the wrong ones again");
  const start = h("button", { type: "button", click: () => ask(true) }, "Start over");
  const yes = h("button", { type: "button", click: () => { over(); ask(false); } }, "Yes, forget my answers");
  const no = h("button", { type: "button", click: () => ask(false) }, "No, keep them");
  const sure = h("div", { class: "q-actions", role: "group", "aria-label": "Start over" }, h("p", {}, `Forget all answers to these ${questions.length} questions?`), yes, no);
  const actions = h("div", { class: "q-actions" }, wrong, start);
  // Either the buttons or the question whether that is meant; the focus goes along.
  const ask = (asking) => {
    [sure.hidden, actions.hidden] = [!asking, asking];
    (asking ? no : start).focus();
  };
  sure.hidden = true;

  const show = () => {
    const all = tally(questions, recordOf);
    const done = all.answered === all.of;
    const left = done ? "" : `, with ${all.of - all.answered} still to answer`;
    say(words, all.answered ? `${done ? "Your score" : "So far"}: ${all.points} of ${plural(done ? all.of : all.answered, "point")}${left}.` : "Nothing is checked yet.");
    for (const { mine, score } of rows) {
      const { answered, points } = tally(mine, recordOf);
      say(score, answered ? `${points} of ${plural(answered, "point")}` : "not answered");
    }
    wrong.hidden = all.wrong === 0;
    start.hidden = !questions.some((question) => recordOf(question.id)?.answer != null || recordOf(question.id)?.hints);
  };
  const element = h("div", { class: "q-summary", role: "group", "aria-label": "Your score" }, words, h("ul", { class: "q-objectives" }, ...rows.map((row) => row.element)), actions, sure);
  return { element, show };
};
