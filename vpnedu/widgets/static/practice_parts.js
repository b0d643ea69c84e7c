// Parts that drills, exam and progress share: links to chapters, bars, tries that may fail, choices
// to think about again.

import { h } from "./kit.js";
import { keep } from "./keeping.js";
import { pageOf } from "./sources.js";

export const dataOf = (element) => JSON.parse(element.querySelector('script[type="application/json"]').textContent);

export const button = (words, click, kind = "") => h("button", { type: "button", class: kind, click }, words);

export const link = (words, chapter, section) => { const href = pageOf(chapter, section); return href ? h("a", { href }, words) : words; };

export const round = (points) => String(Math.round(100 * points) / 100);

export const many = (count, one, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;

// A share as a bar; what it says stands beside it in words.
export const bar = (part, whole, words) => h("span", { class: "p-share" },
  h("span", { class: "p-bar", "aria-hidden": "true" }, h("span", { style: `width:${whole ? (100 * part) / whole : 0}%` })), h("span", {}, words));

// Words that are said aloud when they change.
export const makeTold = () => {
  const element = h("p", { class: "p-told", role: "status", tabindex: "-1" });
  const tell = (words, ...more) => { element.replaceChildren(words, ...more); };
  return { element, tell };
};

// What a browser keeps nothing of, its reader is told.
export const makeWarning = () => {
  const element = h("p", { class: "p-warning", role: "status" });
  const show = () => { const words = keep.told(); element.textContent = words; element.hidden = !words; };
  show();
  return { element, show };
};

// `act`, and if it fails the reason with a button that tries again.
export const trying = async (box, act) => {
  const waiting = setTimeout(() => box.replaceChildren(h("p", { class: "p-told", role: "status" }, "Loading …")), 300);
  try {
    return await act();
  } catch (wrong) {
    const again = button("Try again", () => trying(box, act));
    box.replaceChildren(h("p", { class: "p-warning", role: "alert" }, wrong.message), again);
    return undefined;
  } finally {
    clearTimeout(waiting);
  }
};

// A question with the figure that it draws from the start, where it draws one.
export const pictured = async (question, figure) => (question.picture ? { ...question, figure: await figure() } : question);

// A question to the reader before something is lost; the focus comes back to where it was.
export const makeSure = (words, yes, act, no, back) => {
  const box = h("div", { class: "p-sure", role: "group", tabindex: "-1", "aria-label": "Are you sure?" }, ...words,
    h("p", { class: "p-row" }, button(yes, () => { box.remove(); act(); }, "p-do"), button(no, () => { box.remove(); back.focus(); })));
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") { box.remove(); back.focus(); } });
  return box;
};

// Rows by objective of one chapter, each with the section to reread.
export const objectiveRows = (row) => h("ul", { class: "p-objectives" }, ...row.objectives.map(({ objective, tally }) =>
  h("li", {}, link(objective.text, row.quiz, objective.section), " ", standing(tally))));

// How one objective stands: a sign, and the words for it.
const standing = ({ asked, answered, score }) => {
  const sign = answered === 0 ? "○" : score === 0 ? "✕" : round(score) === String(asked) ? "✓" : "◐";
  const left = answered ? asked - answered : 0;
  const words = answered ? `${round(score)} of ${many(asked, "point")}` + (left ? `, ${left} not answered` : "") : "not answered";
  return h("span", { class: sign === "✓" ? "p-standing p-good" : "p-standing" }, h("span", { "aria-hidden": "true" }, `${sign} `), words);
};
