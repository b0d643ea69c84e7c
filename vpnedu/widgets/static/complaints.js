// What is wrong with a field, told beside it until the field changes.

import { h } from "./kit.js";

let last = 0;
// A notebook holds this module once for each figure: a number alone would not be an id of its own.
const OWN = Math.random().toString(36).slice(2, 8);

const marks = new WeakMap();

export const unmark = (input) => {
  marks.get(input)?.remove();
  marks.delete(input);
  input.removeAttribute("aria-invalid");
  input.removeAttribute("aria-describedby");
};

// The words stand below the field; in what holds it and its label, so that they are no part of the label.
export const mark = (input, message) => {
  unmark(input);
  const words = h("p", { class: "wrong", id: `wrong-${OWN}-${last += 1}`, role: "alert" }, message);
  marks.set(input, words);
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", words.id);
  (input.closest("label") ?? input).after(words);
  input.addEventListener("input", () => unmark(input), { once: true });
};

// Every field in `element` is as if nothing had been said of it.
export const unmarkAll = (element) => element.querySelectorAll("[aria-invalid]").forEach(unmark);
