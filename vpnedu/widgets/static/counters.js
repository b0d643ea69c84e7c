// The counters of a run over time: packets so far, and how long the outage has lasted that is on.

import { countsAt, outAt } from "./flows.js";
import { h, say } from "./kit.js";
import { seconds } from "./time.js";

const NAMES = [["sent", "sent"], ["delivered", "delivered"], ["lost", "lost"], ["flying", "on their way"]];

export const makeCounters = (trace) => {
  const values = NAMES.map(() => h("dd"));
  const out = h("dd", { class: "out" });
  const element = h("dl", { class: "counters" }, h("div", {}, h("dt", {}, "packets")),
    ...NAMES.map(([, name], index) => h("div", {}, h("dt", {}, name), values[index])), h("div", { class: "clock" }, h("dt", {}, "out for"), out));
  const show = (time) => {
    const counts = countsAt(trace, time);
    NAMES.forEach(([key], index) => say(values[index], counts[key].toLocaleString("en")));
    const now = outAt(trace, time);
    say(out, now.flows.length ? `✕ ${seconds(now.seconds)}` : "–");
    out.classList.toggle("bad", now.flows.length > 0);
  };
  return { element, show };
};
