// The same figure in a notebook: anywidget calls `render`, and the kernel is the engine.

import { kernelEngine } from "./engine.js";
import { showFigure } from "./player.js";
// Imported for what it does: a notebook has no site from which to load it when it is wanted.
import { makeSaving } from "./saving.js";

const render = ({ model, el }) => {
  // Keys pressed in a figure are the figure's: in JupyterLab "2" would turn the cell into a heading.
  el.dataset.lmSuppressShortcuts = "true";
  showFigure(el, model.get("html"), kernelEngine(model));
};

export default { render };
