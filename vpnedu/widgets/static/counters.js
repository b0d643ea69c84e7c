// The counters of a run over time: packets so far, and how long the outage has lasted that is on.

import { countsAt, outWords } from "./flows.js";
import { h, say } from "./kit.js";

const NAMES = [["sent", "sent"], ["delivered", "delivered"], ["lost", "lost"], ["flying", "on their way"]];

export const makeCounters = (trace) => {
  const values = NAMES.map(() => h("dd"));
  const [name, out] = [h("dt"), h("dd", { class: "out" })];
  const element = h("dl", { class: "counters" }, h("div", {}, h("dt", {}, "packets")),
    ...NAMES.map(([, word], index) => h("div", {}, h("dt", {}, word), values[index])), h("div", { class: "clock" }, name, out));
  const show = (time) => {
    const counts = countsAt(trace, time);
    NAMES.forEach(([key], index) => say(values[index], counts[key].toLocaleString("en")));
    const { now, words, seconds } = outWords(trace, time);
    say(name, words);
    say(out, `${now ? "✕ " : ""}${seconds}`);
    out.classList.toggle("bad", now);
  };
  return { element, show };
};
