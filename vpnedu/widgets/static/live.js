// The same figure in a notebook: anywidget calls `render`, and the kernel is the engine.

import { kernelEngine } from "./engine.js";
import { showFigure } from "./player.js";

const render = ({ model, el }) => showFigure(el, model.get("html"), kernelEngine(model));

export default { render };
