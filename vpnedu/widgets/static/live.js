// The same figure in a notebook: anywidget calls `render`, and the kernel is the engine.

import { kernelEngine } from "./engine.js";
import { showFigure } from "./player.js";

const render = ({ model, el }) => {
  // Keys pressed in a figure are the figure's: in JupyterLab "2" would turn the cell into a heading.
  el.dataset.lmSuppressShortcuts = "true";
  showFigure(el, model.get("html"), kernelEngine(model));
};

export default { render };
