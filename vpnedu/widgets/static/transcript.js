// The transcript view: the run in words, one event a line; the text alternative of every figure.

import { h } from "./kit.js";

const time = (seconds) => `${(seconds * 1000).toFixed(1)} ms`;

export const makeTranscript = (trace, heading) => {
  const lines = trace.events.map((event) => h("li", {}, `${time(event.at)}: ${event.reason}`));
  const element = h("div", {}, heading ? h("p", { class: "panel-name" }, heading) : null, h("ol", {}, ...lines));
  const show = (index) => lines.forEach((line, place) => line.classList.toggle("now", place === index));
  return { element, show };
};
