// One question of a form: what the page has of it, made answerable. It takes answers and tells
// nothing of them but whether they can be read.

import { isBlank, LONGEST, unreadable } from "./graded_answers.js";
import { h, say } from "./kit.js";
import { makeBytes } from "./quiz_bytes.js";
import { makeChoices } from "./quiz_choices.js";
import { makeOrder } from "./quiz_order.js";
import { makePairs } from "./quiz_pairs.js";
import { makeTyped } from "./quiz_typed.js";

const WAYS = { one: makeChoices, many: makeChoices, pairs: makePairs, order: makeOrder, byte: makeBytes, number: makeTyped, typed: makeTyped };

// `element` is the question's form in the page; `read()` gives the answer that is kept.
export const makeCard = (slot, element, { read, answered }) => {
  const give = (answer) => { answered(isBlank(answer) ? null : answer); paint(); };
  const way = WAYS[slot.input](slot, { uid: element.id, shown: slot.choices ?? slot.options ?? slot.steps ?? [], answered: give });
  const field = way.element.querySelector("input[type=text]");

  const wrong = () => unreadable(slot, read());
  const paint = () => {
    const blank = isBlank(read());
    say(state, blank ? (slot.input === "order" ? "Not answered yet: move a step." : "Not answered yet.") : wrong() ? "Answered, but it can’t be read as it stands." : "Answered.");
    clear.hidden = blank;
  };
  // While somebody types nothing is wrong yet.
  const check = () => {
    const found = wrong();
    if (field) way.show(found ? { status: "invalid", wrong: found } : null);
    paint();
  };
  const show = () => { way.write(read()); check(); };

  const state = h("p", { class: "g-state" });
  const clear = h("button", { type: "button", click: () => { give(null); show(); way.focus(); } }, "Clear this answer");
  if (field) {
    field.maxLength = LONGEST;
    field.addEventListener("blur", check);
    way.element.querySelector(".q-invalid").setAttribute("aria-live", "polite");
  }
  element.addEventListener("submit", (event) => { event.preventDefault(); check(); });
  element.querySelector(".q-ground").replaceChildren(way.element);
  element.append(h("div", { class: "g-foot" }, state, clear));
  show();
  return { element, show, wrong, blank: () => isBlank(read()), focus: () => way.focus() };
};
