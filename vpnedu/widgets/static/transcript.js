// The transcript view: the run in words, one event a line; the text alternative of every figure.

import { h } from "./kit.js";

import { seconds } from "./time.js";

const inTime = (trace, at) => (trace.until === undefined ? `${(at * 1000).toFixed(1)} ms` : seconds(at, 3));

// The lines of a transcript, each with the event it stands for. Packets that are lost by chance, one
// after the other, are told as one line.
export const linesOf = (trace) => trace.events.reduce((lines, event, index) => {
  const last = lines.at(-1);
  if (event.event === "missed" && last?.missed) {
    last.missed += 1;
    last.words = `${inTime(trace, last.at)} to ${inTime(trace, event.at)}: ${last.missed} packets are lost by chance.`;
    last.upTo = index;
  } else lines.push({ at: event.at, upTo: index, missed: event.event === "missed" ? 1 : 0, words: `${inTime(trace, event.at)}: ${event.reason}` });
  return lines;
}, []);

export const makeTranscript = (trace, heading) => {
  const told = linesOf(trace);
  const lines = told.map(({ words }) => h("li", {}, words));
  const element = h("div", {}, heading ? h("p", { class: "panel-name" }, heading) : null, h("ol", {}, ...lines));
  const show = (index) => {
    const now = index < 0 ? -1 : told.findIndex(({ upTo }) => upTo >= index);
    lines.forEach((line, place) => line.classList.toggle("now", place === now));
  };
  return { element, show };
};
