// The engine: where a figure gets runs that the page does not carry.
//
// An engine is {ask(request, options), makePanel}. `ask` promises an answer, or fails with an error that
// has `field` (which input is wrong, null for none) and `message`. What may be asked for, and what comes
// back, is told in `widgets/engine.py`; the options in `protocol.js`. `makePanel` makes what a reader asks
// it with. This backend asks the notebook's kernel; `python_line.js` is the one that runs in the page.

import { makePanel } from "./changing.js";
import { makeLine } from "./protocol.js";

const PATIENCE = 20000; // milliseconds
const SILENT = "The kernel does not answer. Is it running?";

export const kernelEngine = (model, patience = PATIENCE) => {
  const silent = (id) => line.lose(SILENT, (lost) => lost === id);
  const line = makeLine({ post: (message) => model.send(message), patience, silent });
  model.on("msg:custom", line.hear);
  return { ask: line.ask, makePanel };
};
