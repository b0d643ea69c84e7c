// A figure on paper: its run as numbered pictures, read from left to right, in place of the player.
// What makes a PDF of the book puts this into the page; readers never load it.

import { h } from "./kit.js";
import { pictureOf } from "./picture.js";

const MOST = 6; // pictures of one run
const NARROW = 420; // pixels

// The ends of a list that is too long for the paper: its middle is where it repeats itself.
const fewest = (moments, first) => (moments.length <= MOST ? moments : [...moments.slice(0, first), ...moments.slice(first - MOST)]);
const inOrder = (moments) => [...new Set(moments)].sort((a, b) => a - b);

const TELLING = ["lookup", "dropped", "delivered"];

// The moments of a packet's run that tell it: what was chosen, what crossed, and how it ended.
export const packetMoments = ({ slots, length }, traces) => {
  const happened = (slot) => traces.flatMap(({ events }, index) => events.slice(slots[slot - 1]?.heads[index] ?? 0, slots[slot].heads[index]));
  const tells = ({ event, link }) => TELLING.includes(event) || (event === "flight" && link !== "inside");
  return fewest(inOrder([...slots.keys()].filter((slot) => happened(slot).some(tells)).map((slot) => slot + 1).concat(length)), 4);
};

// Of a run over time: before anything fails, after each outage has begun, after it has ended.
export const timedMoments = ({ times, length }, traces) => {
  const turns = traces.flatMap(({ outages }) => (outages ?? []).flatMap(({ start, end }) => (end === null ? [start] : [start, end])));
  const places = turns.map((turn) => times.findIndex((time) => time >= turn)).filter((place) => place > 0);
  return fewest(inOrder([0, ...places, length]), 3);
};

const imageOf = (element, more = {}) => {
  const { text, width } = pictureOf(element);
  return h("img", { alt: "", width, src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`, ...more });
};

// Of pictures that are there for several widths, the one that is seen.
const seen = (elements) => [...elements].find((element) => element.getBoundingClientRect().width);

// Each stage of a figure as it stands: its scene, the table that is being asked, and what is said.
const framesOf = (stages, number, asked) => [...stages.querySelectorAll(".stage")].map((stage, index) => {
  const name = stage.querySelector(".stage-name")?.textContent;
  const time = stage.querySelector(".telling b")?.textContent;
  const table = asked(index) ? imageOf(stage.querySelector(".pile > .shown")) : null;
  const words = h("figcaption", {}, h("b", {}, [number, name, time].filter(Boolean).join(" · ")), ` ${stage.querySelector(".said").textContent}`);
  return h("figure", { class: "board-frame" }, imageOf(seen(stage.querySelectorAll(".scene svg"))), table, words);
});

const boardOf = (figure) => {
  const { film, pictured } = figure.querySelector("details.saves");
  const [clock, traces] = [film.clock(), film.traces()];
  const moments = (clock.times ? timedMoments : packetMoments)(clock, traces);
  const asked = (moment) => (index) => !clock.times && moment > 0 && traces[index].events[clock.slots[moment - 1].heads[index] - 1]?.event === "lookup";
  // As on a phone, where a scene stands upright: its letters stay large enough for half a page.
  figure.style.width = `${NARROW * traces.length}px`;
  const frames = moments.flatMap((moment, index) => { film.go(moment); return framesOf(pictured(), index + 1, asked(moment)); });
  figure.style.width = "";
  film.go(Infinity);
  const lanes = [...pictured().querySelectorAll(".lanes-view")].map((view) => imageOf(view, { class: "board-lanes" }));
  return h("div", { class: "board" }, ...frames, ...lanes);
};

// Puts a storyboard into every figure that plays; gives back how many there are.
export const drawStoryboards = () => {
  const figures = [...document.querySelectorAll("vpn-figure[ready]")].filter((figure) => figure.querySelector("details.saves")?.film);
  for (const figure of figures) {
    const board = boardOf(figure);
    figure.querySelectorAll(":scope > :not(.figure-title, .figure-caption)").forEach((part) => part.remove());
    figure.append(board);
  }
  return figures.length;
};

globalThis.vpneduStoryboards = drawStoryboards;
