// One trace on stage: its views side by side, and what is being said.

import { makeCounters } from "./counters.js";
import { makeDesign } from "./design.js";
import { h, say } from "./kit.js";
import { makeLanes } from "./lanes.js";
import { makeScene } from "./scene.js";
import { makeTable } from "./table.js";
import { seconds } from "./time.js";
import { makeTranscript } from "./transcript.js";
import { makeWire } from "./wire.js";

const START = "Press Play, or step with the arrow keys.";

const parts = (name, two) => ({
  heading: two ? h("p", { class: "stage-name" }, name) : null,
  said: h("p", { class: "said", "aria-live": two ? "off" : "polite" }),
});

// A view is {element, show(event, progress)}. To add one, make it here and place it.
const makePacketStage = ({ trace, name }, scene, two) => {
  const views = { scene: makeScene(trace, scene), table: makeTable(trace), wire: makeWire(trace) };
  const transcript = makeTranscript(trace, two ? name : null);
  const { heading, said } = parts(name, two);
  const element = h("div", { class: "stage" }, heading, views.scene.element,
    said, h("div", { class: "panels" }, views.table.element, views.wire.element));
  const show = ({ event, progress }) => {
    Object.values(views).forEach((view) => view.show(event, progress));
    transcript.show(event);
    say(said, trace.events[event]?.reason ?? START);
  };
  return { element, words: () => said.textContent, transcript: transcript.element, show };
};

// A run over time: its views take {time, played}. `scrub(time)` is called when the lanes are pointed at.
const makeTimedStage = ({ trace, name }, scene, two, scrub) => {
  const [design, lanes, counters] = [makeDesign(trace, scene), makeLanes(trace, scrub), makeCounters(trace)];
  const transcript = makeTranscript(trace, two ? name : null);
  const { heading, said } = parts(name, two);
  // The time that stands before the words moves on; what is spoken are the words alone.
  const clock = h("b", { "aria-hidden": "true" });
  const telling = h("div", { class: "telling" }, clock, said);
  const element = h("div", { class: "stage timed" }, heading, design.element, telling, lanes.element, counters.element);
  const show = (moment) => {
    design.show(moment);
    lanes.show(moment);
    counters.show(moment.time);
    transcript.show(moment.event);
    say(clock, seconds(moment.time));
    say(said, moment.words || START);
  };
  return { element, words: () => said.textContent, transcript: transcript.element, show };
};

export const makeStage = (run, scene, two, scrub) => (run.trace.until === undefined ? makePacketStage(run, scene, two) : makeTimedStage(run, scene, two, scrub));
