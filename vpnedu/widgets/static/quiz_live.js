// The same elements in a notebook: anywidget calls `render`, and what is answered goes to Python.

import { kernelEngine } from "./engine.js";
// Imported for what they do: <vpn-figure> plays the runs behind questions, and saves pictures of them.
import { showFigure } from "./player.js";
import { definePractice } from "./practice.js";
import { defineQuiz } from "./quiz_element.js";
import { makeSaving } from "./saving.js";

defineQuiz();
definePractice();

const render = ({ model, el }) => {
  // Keys pressed in a quiz are the quiz's: in JupyterLab "2" would turn the cell into a heading.
  el.dataset.lmSuppressShortcuts = "true";
  const element = new DOMParser().parseFromString(model.get("html"), "text/html").body.firstElementChild;
  element.records = model.get("records");
  element.kept = (records) => { model.set("records", records); model.save_changes(); };
  element.engine = kernelEngine(model);
  el.append(element);
};

export default { render };
