// Find the fault in a notebook. Both elements define themselves where they are imported: the
// instrument, and the player that shows its runs.

import { make } from "./fault.js";
import { showFigure } from "./player.js";

export const elements = { make, showFigure };

const render = ({ model, el }) => {
  // Keys pressed in it are its own: in JupyterLab "2" would turn the cell into a heading.
  el.dataset.lmSuppressShortcuts = "true";
  el.innerHTML = model.get("html");
};

export default { render };
