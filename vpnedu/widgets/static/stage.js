// One trace on stage: its views side by side, and what is being said.

import { h, say } from "./kit.js";
import { makeScene } from "./scene.js";
import { makeTable } from "./table.js";
import { makeTranscript } from "./transcript.js";
import { makeWire } from "./wire.js";

// A view is {element, show(event, progress)}. To add one (lanes, say), make it here and place it.
export const makeStage = (run, scene, two) => {
  const { trace, name } = run;
  const views = { scene: makeScene(trace, scene), table: makeTable(trace), wire: makeWire(trace) };
  const transcript = makeTranscript(trace, two ? name : null);
  const said = h("p", { class: "said", "aria-live": two ? "off" : "polite" });
  const element = h("div", { class: "stage" }, two ? h("p", { class: "stage-name" }, name) : null, views.scene.element,
    said, h("div", { class: "panels" }, views.table.element, views.wire.element));
  const show = (index, progress) => {
    Object.values(views).forEach((view) => view.show(index, progress));
    transcript.show(index);
    const words = trace.events[index]?.reason ?? "Press Play, or step with the arrow keys.";
    say(said, words);
  };
  const words = () => said.textContent;
  return { element, words, transcript: transcript.element, show };
};
