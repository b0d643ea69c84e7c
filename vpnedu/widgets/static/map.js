// The map of the book: its cards are on the page already. Here they learn what the browser keeps of
// a reader's answers, what needs what, and their numbers on the path that a reader chooses.

import { defineInstrument } from "./instrument.js";
import { keep } from "./keeping.js";
import { h, say } from "./kit.js";
import { HERE } from "./loading.js";

// An answer counts once it is checked, and while its question is the one that was answered: as in
// the reader's progress. A revision stands for one question.
const counts = ({ checked, last }) => checked && ["correct", "partial", "incorrect"].includes(last?.status);
export const answered = (records, revs) => {
  const counted = new Set(Object.values(records ?? {}).filter((record) => record && counts(record)).map(({ rev }) => rev));
  return revs.filter((rev) => counted.has(rev)).length;
};

// The page of a path that comes next: its first one while nothing is done, then the first whose
// questions aren't all answered, null when they are.
export const nextOf = (steps, done, revs) => (steps.some((page) => done[page])
  ? steps.find((page) => revs[page] && done[page] < revs[page].length) ?? null
  : steps[0]);

// What a page is to the one that the reader points at.
export const markOf = (needs, page, at) => (needs[at]?.includes(page) ? "▲ needed first" : needs[page]?.includes(at) ? "▼ needs this" : "");

const make = ({ revs, needs, paths }, element) => {
  const frame = element.querySelector(".frame");
  // A notebook has no pages to go to.
  if (!HERE) for (const link of frame.querySelectorAll("a")) link.replaceWith(link.textContent);
  const lists = [...frame.querySelectorAll(".path")];
  const cards = [...frame.querySelectorAll(".card")].map((card) => {
    const [name, asked] = [card.querySelector(".name"), card.querySelector(".asked")];
    const made = { card, page: card.dataset.page, name: name.textContent, href: name.querySelector("a")?.href, asked,
      number: h("b", { class: "number" }), mark: h("span", { class: "mark", "aria-hidden": "true" }), bar: h("span", {}) };
    name.prepend(made.number);
    card.append(made.mark);
    asked?.parentElement.after(h("p", { class: "bar", "aria-hidden": "true" }, made.bar));
    return made;
  });
  const [words, next] = [h("p", {}), h("p", {})];
  const go = h("a", {});
  let [chosen, done] = [null, {}];

  const point = ({ target }) => {
    const at = target.closest?.(".card");
    for (const { card, page, mark } of cards) {
      mark.textContent = at ? markOf(needs, page, at.dataset.page) : "";
      card.classList.toggle("linked", mark.textContent !== "" || card === at);
    }
  };

  const tell = () => {
    const all = Object.values(revs).flat().length;
    const sum = Object.keys(revs).reduce((so, page) => so + done[page], 0);
    say(words, chosen ? chosen.told : `${sum} of ${all} questions answered. Choose a way to read, or begin where you like.`);
    const to = chosen && cards.find(({ page }) => page === nextOf(chosen.steps, done, revs));
    if (!to) { say(next, chosen ? "✓ Every question on this path is answered." : ""); return; }
    if (go.parentElement === next && go.textContent === to.name) return;
    if (to.href) go.href = to.href;
    go.textContent = to.name;
    next.replaceChildren("Next: ", go);
  };

  const choose = (path) => {
    chosen = chosen === path ? null : path;
    buttons.forEach((button, place) => button.setAttribute("aria-pressed", paths[place] === chosen));
    lists.forEach((list, place) => list.classList.toggle("chosen", paths[place] === chosen));
    for (const { card, page, number } of cards) {
      const place = chosen?.steps.indexOf(page) ?? -1;
      card.classList.toggle("off", Boolean(chosen) && place < 0);
      number.textContent = place < 0 ? "" : `${place + 1} `;
    }
    tell();
  };

  const show = () => {
    const { quizzes, exam } = keep.all();
    done = { exam: Number(Boolean(exam?.handed)) };
    for (const { page, asked, bar } of cards) {
      if (!revs[page]) continue;
      const [of, so] = [revs[page].length, answered(quizzes[page], revs[page])];
      done[page] = so;
      say(asked, so === of ? `✓ all ${of} answered` : `${so} of ${of} answered`);
      bar.style.width = `${(100 * so) / of}%`;
    }
    tell();
  };

  const buttons = paths.map((path) => h("button", { type: "button", "aria-pressed": "false", click: () => choose(path) }, path.name));
  frame.prepend(h("div", { class: "choose", role: "group", "aria-label": "Ways to read" }, ...buttons), h("div", { class: "told", role: "status" }, words, next));
  for (const kind of ["pointerover", "focusin"]) frame.addEventListener(kind, point);
  // A finger that has left goes on pointing, so that its reader can look.
  frame.addEventListener("pointerleave", ({ pointerType }) => { if (pointerType === "mouse") point({ target: document.activeElement }); });
  frame.addEventListener("focusout", () => point({ target: frame }));
  // Answers given in another tab, or on a page from which the reader comes back.
  const stop = keep.listen(() => (element.isConnected ? show() : stop()));
  addEventListener("pageshow", ({ persisted }) => { if (persisted) show(); });
  show();
  return [frame];
};

if (globalThis.customElements) defineInstrument("map", make);
