// IKEv2 as a ladder that steps: one message at a time, what it carries, and what each end knows then.

import { defineInstrument } from "./instrument.js";
import { h, say, unseen } from "./kit.js";

// Where a key leads from message `at` (counted from 1) of `count`; null for keys that are not ours.
export const moved = (key, at, count) => {
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 1, End: count }[key];
  return to === undefined ? null : Math.min(Math.max(to, 1), count);
};

const way = (step, ends) => `${ends[step.from]} to ${ends[1 - step.from]}`;

// A step as it is said aloud.
export const spoken = (step, at, count, ends) => {
  const what = step.name ? `${step.name}, ${way(step, ends)}, ${step.sealed ? "sealed" : "in the clear"}${step.lost ? ", lost" : ""}. ` : "";
  return `${at} of ${count}, ${step.time}: ${what}${step.says} RFC 7296, ${step.section}.`;
};

const sign = (mark) => h("span", { "aria-hidden": "true" }, `${mark} `);

const makeRung = (step, ends, go) => {
  const mark = step.name ? (step.sealed ? "●" : "○") : "■";
  const how = step.name ? `, ${way(step, ends)}, ${step.sealed ? "sealed" : "in the clear"}${step.lost ? ", lost" : ""}` : "";
  const arrow = step.name ? h("span", { class: "arrow", "aria-hidden": "true" }, step.lost ? "✕" : step.from ? "◀" : "▶") : null;
  const kind = [step.name ? (step.sealed ? "sealed" : "clear") : "alone", step.from ? "left" : "right", step.lost ? "lost" : ""].join(" ");
  const label = h("span", { class: "label" }, sign(mark), step.name ?? `${ends[step.from]} gives up`, unseen(how));
  return h("li", {}, h("button", { type: "button", class: `rung ${kind}`, click: go }, h("small", {}, step.time), label, arrow));
};

const listed = (rows) => h("ul", {}, ...rows.map(([name, says, section]) => h("li", {}, h("code", {}, name), ` ${says} `, h("small", {}, section))));

const makeCarried = (step, rows) => {
  const carried = step.payloads.map((place) => rows[place]);
  const [clear, shut] = [carried.filter((row) => !row[3]), carried.filter((row) => row[3])];
  const group = (kind, words, part) => h("div", { class: `payloads ${kind}` }, h("p", {}, ...words), listed(part));
  return [
    group("clear", [sign("○"), "In the clear"], clear),
    shut.length ? group("sealed", [sign("●"), "Sealed, inside ", h("code", {}, "SK{ }")], shut) : null,
    h("p", { class: "eye" }, h("b", {}, "An eavesdropper learns: "), step.sees),
  ];
};

const KNOWS = { true: ["✓", "knows: "], false: ["–", "not: "], null: ["✕", "gave up: "] };

const makeKnown = (data, step) => {
  const cell = (place) => {
    const [has, words] = data.facts[place];
    const [mark, aloud] = KNOWS[has];
    return h("td", { class: has ? "has" : "" }, sign(mark), unseen(aloud), words);
  };
  const facts = data.known.map((name, row) => h("tbody", {},
    h("tr", {}, h("th", { scope: "rowgroup", colspan: 2 }, name)), h("tr", {}, cell(step.knows[0][row]), cell(step.knows[1][row]))));
  const head = h("tr", {}, ...data.ends.map((end) => h("th", { scope: "col" }, `The ${end}`)));
  return h("table", {}, h("caption", {}, step.name && !step.lost ? "What each side knows once it has come" : "What each side knows then"), h("thead", {}, head), ...facts);
};

const make = (data, element) => {
  let story = data.stories[0];
  let at = 1;
  let rungs = [];
  const told = element.querySelector(":scope > .frame");
  told.classList.add("told");

  const menu = h("select", { change: () => tell(Number(menu.value)) }, ...data.stories.map(({ label }, place) => h("option", { value: place }, label)));
  const notice = h("p", { class: "notice" });
  const back = h("button", { type: "button", click: () => go(at - 1) }, "◀ Back");
  const onward = h("button", { type: "button", class: "onward", click: () => go(at + 1) }, "Step ▶");
  const all = h("button", { type: "button", click: () => go(story.steps.length) }, "All");
  const counter = h("span", { class: "counter" });
  const said = h("p", { class: "said", "aria-live": "polite" });
  const ladder = h("ol", { class: "rungs" });
  const detail = h("div", { class: "detail" });

  const go = (to) => {
    const count = story.steps.length;
    at = Math.min(Math.max(to, 1), count);
    const step = story.steps[at - 1];
    rungs.forEach((rung, place) => {
      rung.classList.toggle("ahead", place >= at);
      rung.firstChild.toggleAttribute("aria-current", place === at - 1);
      if (place === at - 1) rung.firstChild.setAttribute("aria-current", "step");
    });
    back.setAttribute("aria-disabled", at === 1);
    onward.setAttribute("aria-disabled", at === count);
    counter.textContent = `${at} of ${count}`;
    say(said, spoken(step, at, count, data.ends));
    const parts = step.name ? [h("p", { class: "panel" }, `${step.name}, over ${step.ports}`), ...makeCarried(step, data.payloads)] : [];
    detail.replaceChildren(...parts.filter(Boolean), makeKnown(data, step));
  };

  const tell = (place) => {
    story = data.stories[place];
    notice.textContent = story.notice;
    rungs = story.steps.map((step, index) => makeRung(step, data.ends, () => go(index + 1)));
    ladder.replaceChildren(...rungs);
    go(1);
  };

  const keys = (event) => {
    const to = event.target === menu ? null : moved(event.key, at, story.steps.length);
    if (to === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(to);
  };

  tell(0);
  const heads = h("div", { class: "ends" }, ...data.ends.map((end) => h("b", {}, end)));
  const live = h("div", { class: "frame live", tabindex: 0, role: "group", "aria-label": "The ladder: arrow keys step through it", keydown: keys },
    h("label", { class: "choose" }, "Story ", menu), notice,
    h("div", { class: "controls" }, back, onward, all, counter), said,
    h("div", { class: "sides" }, h("div", { class: "ladder" }, heads, ladder), detail));
  return [live, told];
};

if (globalThis.customElements) defineInstrument("ladder", make);
