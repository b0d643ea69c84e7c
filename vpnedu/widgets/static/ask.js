// Predict first: a question before the run, answered by click or key, marked when the run is over.

import { h, say } from "./kit.js";

export const makeAsk = (ask, onAnswer) => {
  const verdict = h("p", { class: "verdict", "aria-live": "polite" });
  let chosen = null;
  const buttons = ask.choices.map((choice, index) =>
    h("button", { type: "button", "aria-pressed": "false", click: () => choose(index) }, `${index + 1}. ${choice}`));
  const choose = (index) => {
    if (index >= buttons.length) return;
    chosen = index;
    buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(place === index)));
    verdict.textContent = "Now watch.";
    onAnswer();
  };
  const element = h("fieldset", { class: "ask" }, h("legend", {}, `Predict first: ${ask.question}`), h("div", { class: "choices" }, ...buttons), verdict);
  const mark = (over) => {
    if (chosen === null) say(verdict, over ? `It was: ${ask.choices[ask.answer]}.` : "");
    else if (!over) say(verdict, "Now watch.");
    else say(verdict, chosen === ask.answer ? `✓ Right: ${ask.choices[ask.answer]}.` : `✕ Not so. You said: ${ask.choices[chosen]}. It was: ${ask.choices[ask.answer]}.`);
  };
  return { element, choose, mark };
};
