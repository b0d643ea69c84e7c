// Typing: a number with its unit behind the field, or an address, a prefix, a port, bytes or words.

import { h } from "./kit.js";
import { prose } from "./quiz_prose.js";

// What is typed, and the keyboard that a phone shows for it.
const FORMS = {
  address: ["an address", "text"], prefix: ["a prefix with its length", "text"], port: ["a port", "text"], hex: ["bytes in hex", "text"], words: ["your answer", "text"],
};
// A pad of digits has neither a minus nor a slash.
const formOf = ({ form, answer }) => (form ? FORMS[form] ?? FORMS.words : ["a number", /^\d+$/.test(answer) ? "decimal" : "text"]);

// A field that can be complained of; `message` stands beside it, and no attempt is used.
export const makeField = ({ uid, label, attributes, behind, input }) => {
  const wrong = h("p", { class: "q-invalid", id: `${uid}-wrong` });
  // Enter checks by itself on a page; in JupyterLab a field does not submit its form.
  const keydown = (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    field.form.requestSubmit();
  };
  const typing = { type: "text", autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false" };
  const field = h("input", { id: `${uid}-field`, ...typing, ...attributes, keydown, input: () => { complain(""); input(field.value); } });
  const complain = (message) => {
    wrong.textContent = message && `${message[0].toUpperCase()}${message.slice(1)}.`;
    if (message) { field.setAttribute("aria-invalid", "true"); field.setAttribute("aria-describedby", wrong.id); }
    else { field.removeAttribute("aria-invalid"); field.removeAttribute("aria-describedby"); }
  };
  const unit = behind ? h("span", { class: "q-unit" }, behind) : null;
  const element = h("div", { class: "q-field" }, h("label", { for: field.id }, label), h("span", { class: "q-row" }, field, unit), wrong);
  return { element, field, complain };
};

const rightOf = (question) => (question.form ? question.accept[0] : `${question.shown ?? question.answer} ${question.unit}`.trim());

export const makeTyped = (question, { uid, answered }) => {
  const [what, inputmode] = formOf(question);
  const says = h("div", { class: "q-says", role: "status" });
  const { element, field, complain } = makeField({
    uid, label: question.unit ? `Your answer: ${what}, in ${question.unit}` : `Your answer: ${what}`, behind: question.unit,
    attributes: { inputmode, class: question.form ? "q-long" : "q-short" }, input: (value) => answered(value.trim() ? value : null),
  });
  element.append(says);
  const write = (answer) => { complain(""); field.value = typeof answer === "string" ? answer : ""; };
  const show = (mark) => {
    complain(mark?.status === "invalid" ? mark.wrong : "");
    says.replaceChildren();
    if (!mark || mark.status === "invalid") return;
    const known = question.mistakes.filter((mistake) => mark.says.includes(mistake.id));
    const given = field.value.trim();
    if (mark.read && ![given, `${given} ${question.unit}`].includes(mark.read)) says.append(h("p", { class: "q-soft" }, `Read as ${mark.read}.`));
    says.append(...known.flatMap((mistake) => prose(mistake.says)));
    if (mark.status !== "correct") says.append(h("p", {}, "The answer: ", h("strong", {}, rightOf(question))));
  };
  return { element, write, show, focus: () => field.focus() };
};
