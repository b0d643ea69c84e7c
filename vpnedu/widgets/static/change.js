// "Change it" under a figure. What is in it comes with the engine: a notebook's kernel, or else Python
// in the page, of which nothing is loaded before a reader opens this.

import { h, say } from "./kit.js";
import { hasPython, pythonEngine } from "./python_engine.js";

const ABOUT = "The first run starts Python in this page: about 7 MB, once.";

// What a link to a state of the figure `id` holds ("#fig-x~1…"); null where it holds none.
export const stateIn = (hash, id) => {
  const [, name, version, text] = /^#([^/@~]+)~(\d)([\w-]*)$/.exec(hash) ?? [];
  return name === id ? { version, text } : null;
};

// Null where nothing can be changed: nothing is on offer, or nobody there to answer. `of` is {id, options,
// engine(), run, view}, as in `changing.js`.
export const makeChange = (of) => {
  if (!of.options || !(of.engine() || hasPython())) return null;
  const said = h("p", { class: "about", role: "status" });
  const element = h("details", { class: "change" }, h("summary", {}, "Change it"), said);
  let panel = null;

  const fill = (engine) => {
    panel = engine.makePanel(engine, of, said);
    element.append(...panel.parts);
  };

  const open = async () => {
    element.open = true;
    if (panel) return;
    say(said, ABOUT);
    const engine = await pythonEngine();
    if (!panel) fill(engine);
  };
  const told = (wrong) => say(said, wrong.message);

  element.addEventListener("toggle", () => { if (element.open) open().catch(told); });
  if (of.engine()) { fill(of.engine()); element.open = true; }
  return { element, bring: (state) => open().then(() => panel.bring(state)).catch(told), attach: () => panel?.attach() };
};
