// Pairing: each item has a list to choose its partner from.

import { h } from "./kit.js";
import { plain, prose } from "./quiz_prose.js";

export const makePairs = (question, { uid, shown, answered }) => {
  const texts = new Map(question.options.map((option) => [option.id, plain(option.text)]));
  const rows = question.items.map((item, place) => {
    const select = h("select", { id: `${uid}-p${place}`, change: () => answered(read()) },
      h("option", { value: "" }, "choose…"), ...shown.map((option) => h("option", { value: option.id }, texts.get(option.id))));
    const says = h("div", { class: "q-says", id: `${uid}-s${place}` });
    const label = h("label", { for: select.id }, ...prose(item.text, "span"));
    return { item, select, says, element: h("div", { class: "q-pair" }, label, select, says) };
  });
  const read = () => {
    const given = rows.filter((row) => row.select.value).map((row) => [row.item.id, row.select.value]);
    return given.length ? Object.fromEntries(given) : null;
  };
  // A list shows nothing for an option that is not there.
  const write = (answer) => rows.forEach(({ item, select }) => { const given = answer?.[item.id]; select.value = texts.has(given) ? given : ""; });
  const show = (mark) => rows.forEach(({ item, select, says, element }) => {
    const right = select.value === item.option;
    element.classList.toggle("q-good", Boolean(mark && right));
    element.classList.toggle("q-bad", Boolean(mark && !right));
    says.replaceChildren();
    if (!mark) return select.removeAttribute("aria-describedby");
    const words = right ? "right" : `it is: ${texts.get(item.option)}`;
    says.append(h("p", { class: "q-word" }, h("span", { "aria-hidden": "true" }, right ? "✓" : "✕"), ` ${words}`), ...prose(item.says));
    return select.setAttribute("aria-describedby", says.id);
  });
  // On paper a list shows nothing but what is chosen.
  const partners = h("p", { class: "q-paper" }, `The partners: ${shown.map((option) => texts.get(option.id)).join("; ")}.`);
  return { element: h("div", { class: "q-pairs" }, ...rows.map((row) => row.element), partners), write, show, focus: () => rows[0].select.focus() };
};
