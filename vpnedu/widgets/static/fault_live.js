// Find the fault in a notebook, where the kernel draws more networks. Both elements define themselves
// where they are imported: the instrument, and the player that shows its runs.

import { kernelEngine } from "./engine.js";
import { make } from "./fault.js";
import { showFigure } from "./player.js";

export const elements = { make, showFigure };

const render = ({ model, el }) => {
  // Keys pressed in it are its own: in JupyterLab "2" would turn the cell into a heading.
  el.dataset.lmSuppressShortcuts = "true";
  const element = new DOMParser().parseFromString(model.get("html"), "text/html").body.firstElementChild;
  element.engine = kernelEngine(model);
  el.append(element);
};

export default { render };
