// The anti-replay window as a toy: packets to send to it, and its answers.

import { defineInstrument } from "./instrument.js";
import { h, say } from "./kit.js";
import { arrive, fresh, listed, wasSeen } from "./replay.js";

const HIGHEST = 2 ** 32 - 1;

// What stands in the window: each number from its left edge to its right, and how it stands.
export const cells = (window) => Array.from({ length: window.size }, (_, place) => {
  const number = window.highest - window.size + 1 + place;
  return { number, state: number < 1 ? "none" : wasSeen(window, number) ? "seen" : "open" };
});

// The window in words, for who does not see the cells.
export const inWords = (window) => {
  const all = cells(window).filter(({ state }) => state !== "none");
  if (!all.length) return "Nothing has been received yet.";
  const seen = all.filter(({ state }) => state === "seen").map(({ number }) => number);
  const open = all.filter(({ state }) => state === "open").map(({ number }) => number);
  const missing = open.length ? `Not received: ${listed(open)}.` : "None is missing.";
  return `The window holds ${all[0].number} to ${window.highest}. Received: ${listed(seen)}. ${missing}`;
};

const SIGNS = { seen: "■", open: "□", none: "·" };
const passed = (line) => line.includes(": accepted") || / (\d+) of \1 accepted/.test(line);
const marked = (line) => `${passed(line) ? "✓" : "✕"} ${line}`;

const make = (data, element) => {
  const told = element.querySelector(":scope > .frame");
  told.classList.add("told");
  let past = [];
  let now = null;
  let story = null;

  const button = (label, click, kind) => h("button", { type: "button", class: kind, click }, label);
  const row = (...parts) => h("div", {}, ...parts);
  const choice = (names, change) => h("select", { change }, ...names.map(([value, name]) => h("option", { value }, name)));
  const field = (value) => h("input", { type: "number", min: 0, value });

  const view = h("div", { class: "cells", "aria-hidden": "true" });
  const edge = h("p", { class: "edge", "aria-hidden": "true" });
  const words = h("p", { class: "unseen" });
  const answer = h("p", { "aria-live": "polite" });
  const log = h("ol", { reversed: true });
  const notice = h("p", { class: "notice" });
  const onward = button("", () => tellOn(), "onward");
  const undo = button("Undo", () => { now = past.pop() ?? now; show(); });
  const number = field(97);
  const late = field(40);

  const show = () => {
    const { window, lines } = now;
    view.replaceChildren(...cells(window).map(({ number: each, state }) => h("span", { class: state, title: each }, SIGNS[state])));
    edge.replaceChildren(h("span", {}, `from ${Math.max(1, window.highest - window.size + 1)}`), h("b", {}, `to T = ${window.highest}`));
    say(words, inWords(window));
    const last = lines.at(-1);
    answer.className = `answer ${last ? (passed(last) ? "good" : "bad") : ""}`;
    say(answer, last ? marked(last) : "What becomes of your packets stands here.");
    log.replaceChildren(...lines.toReversed().map((line) => h("li", {}, marked(line))));
    undo.setAttribute("aria-disabled", !past.length);
    const left = story ? story.arrivals.length - now.told : 0;
    onward.hidden = !story;
    onward.textContent = left ? `Go on (${left} left)` : "The story is told";
    onward.setAttribute("aria-disabled", !left);
  };

  // `far` is the highest number that the sender has used, `last` what it has sent last.
  const sent = (state, each) => {
    const [window, line] = arrive(state.window, each);
    return { ...state, window, lines: [...state.lines, line], far: each[2] ? Math.max(state.far, each[1]) : state.far, last: each[1] };
  };
  const send = (...many) => {
    const wrong = many.flat().some((each) => !(each >= 0 && each <= HIGHEST && each % 1 === 0));
    if (wrong) { say(answer, `✕ Numbers go from 0 to ${HIGHEST}; then a new SA is due.`); return; }
    past.push(now);
    now = many.reduce(sent, now);
    show();
  };
  const one = (each, genuine = true) => [each, each, genuine];
  const begin = (chosen, size) => {
    story = chosen;
    sizes.value = size;
    past = [];
    now = { window: fresh(size), lines: [], far: 0, told: 0, last: 0 };
    if (!story) now = { ...data.start.reduce(sent, now), lines: [] };
    notice.textContent = (story ?? data).notice;
    show();
  };
  const tellOn = () => {
    if (now.told === story.arrivals.length) return;
    send(story.arrivals[now.told]);
    now.told += 1;
    show();
  };

  const pick = () => { const chosen = data.stories[menu.value]; begin(chosen, chosen?.size ?? Number(sizes.value)); };
  const menu = choice([["", "Play freely"], ...data.stories.map(({ label }, place) => [place, label])], pick);
  const sizes = choice(data.sizes.map((size) => [size, `${size} numbers`]), () => { menu.value = ""; begin(undefined, Number(sizes.value)); });
  const typed = (genuine) => () => send(one(number.value === "" ? NaN : Number(number.value), genuine));
  const overtaken = () => send([now.far + 2, now.far + 1 + Math.min(Math.max(Number(late.value), 1), 999), true], one(now.far + 1));

  const live = h("div", { class: "frame live" },
    h("div", { class: "choose" }, h("label", {}, "Try ", menu), h("label", {}, "Window ", sizes)), notice,
    h("div", { class: "view" }, edge, view, words, h("p", { class: "key", "aria-hidden": "true" }, "■ received  □ not received")),
    answer,
    h("div", { class: "sends" }, onward,
      row(button("Next in order", () => send(one(now.far + 1))), button("Lose 5, then next", () => send(one(now.far + 6))), button("Jump by 200", () => send(one(now.far + 200))),
        button("The last one again", () => send(one(now.last))), button("One too old", () => send(one(Math.max(0, now.window.highest - now.window.size))))),
      row(h("label", {}, "Number ", number), button("Send it", typed(true)), button("Forge it (wrong ICV)", typed(false))),
      row(h("label", {}, "One overtaken by ", late), button("Send these", overtaken)),
      row(undo, button("Start again", () => begin(story, now.window.size)))),
    h("details", {}, h("summary", {}, "What was sent"), log));
  begin(undefined, data.size);
  return [live, told];
};

if (globalThis.customElements) defineInstrument("window", make);
