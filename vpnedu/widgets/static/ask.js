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
  const choices = h("div", { class: "choices" }, ...buttons);
  const element = h("fieldset", { class: "ask" }, h("legend", {}, `Predict first: ${ask.question}`), choices, verdict);
  // On a phone the choices go when the run has begun; a button that goes would take the keys with it.
  const begin = (begun) => {
    element.classList.toggle("begun", begun);
    if (choices.contains(document.activeElement) && !choices.getClientRects().length) element.closest(".frame").focus({ preventScroll: true });
  };
  const mark = (begun, over) => {
    begin(begun);
    if (chosen === null) say(verdict, over ? `It was: ${ask.choices[ask.answer]}.` : "");
    else if (!over) say(verdict, "Now watch.");
    else say(verdict, chosen === ask.answer ? `✓ Right: ${ask.choices[ask.answer]}.` : `✕ Not so. You said: ${ask.choices[chosen]}. It was: ${ask.choices[ask.answer]}.`);
  };
  return { element, choose, mark };
};
