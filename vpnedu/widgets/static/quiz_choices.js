// Picking: radios where one choice is right, checkboxes where several may be.
//
// A way to answer is {element, write(answer), show(mark), focus()}: `write` puts an answer in,
// `show` gives feedback, none where the mark is null. What is answered goes to `answered`.

import { h } from "./kit.js";
import { prose } from "./quiz_prose.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export const makeChoices = (question, { uid, shown, answered }) => {
  const many = question.input === "many";
  const rows = shown.map((choice, place) => {
    const input = h("input", { type: many ? "checkbox" : "radio", name: `${uid}-choice`, value: choice.id, id: `${uid}-c${place}`, change: () => answered(read()) });
    // Of one pick the feedback is said aloud, too; of many it would be a speech.
    const says = h("div", { class: "q-says", id: `${uid}-s${place}`, role: many ? null : "status" });
    const label = h("label", { for: input.id }, h("b", { class: "q-letter" }, LETTERS[place] ?? ""), h("span", {}, ...prose(choice.text, "span")));
    return { choice, input, says, element: h("div", { class: "q-choice" }, input, label, says) };
  });
  const ticked = () => rows.filter((row) => row.input.checked).map((row) => row.choice.id);
  const read = () => (many ? (ticked().length ? ticked() : null) : ticked()[0] ?? null);
  const write = (answer) => rows.forEach((row) => { row.input.checked = many ? Boolean(answer?.includes?.(row.choice.id)) : row.choice.id === answer; });

  // Beside each choice what it is, in a word and a sign, and its feedback where it applies.
  const wordOf = ({ right }, picked) => {
    if (right) return picked ? ["✓", "right"] : many ? ["✕", "missed: this is right, too"] : ["✓", "this is right"];
    return ["✕", picked && many ? "should not be ticked" : "not this"];
  };
  const show = (mark) => rows.forEach(({ choice, input, says, element }) => {
    const picked = input.checked;
    const told = mark && (mark.says.includes(choice.id) || picked || choice.right);
    element.classList.toggle("q-good", Boolean(told && choice.right));
    element.classList.toggle("q-bad", Boolean(told && (!choice.right || (many && !picked))));
    says.replaceChildren();
    if (told) {
      const [sign, word] = wordOf(choice, picked);
      says.append(h("p", { class: "q-word" }, h("span", { "aria-hidden": "true" }, sign), ` ${word}`), ...(mark.says.includes(choice.id) ? prose(choice.says) : []));
      input.setAttribute("aria-describedby", says.id);
    } else input.removeAttribute("aria-describedby");
  });
  return { element: h("div", { class: "q-choices" }, ...rows.map((row) => row.element)), write, show, focus: () => (rows.find((row) => row.input.checked) ?? rows[0]).input.focus() };
};
