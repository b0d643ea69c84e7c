// The engine: where a figure gets runs that the page does not carry.
//
// An engine is {ask(request), makeForm}. `ask` promises a preset ({label, runs, ask}, and the scenes its
// runs use), or fails with an error that has `field` (which input is wrong) and `message`. `request` is
// {scenario, source, destination, protocol, port, length}. This backend asks the notebook's kernel;
// one that runs Python in the page has the same face. `makeForm` makes what a reader asks it with.

import { formOf } from "./forms.js";

const asked = (field, message) => Object.assign(new Error(message), { field });

const PATIENCE = 20000; // milliseconds

export const kernelEngine = (model, patience = PATIENCE) => {
  const waiting = new Map();
  let last = 0;
  model.on("msg:custom", ({ id, answer, error }) => {
    const call = waiting.get(id);
    if (!call) return;
    waiting.delete(id);
    clearTimeout(call.timer);
    if (error) call.fail(asked(error.field, error.message));
    else call.done(answer);
  });
  const ask = (request) => new Promise((done, fail) => {
    const id = (last += 1);
    const timer = setTimeout(() => { waiting.delete(id); fail(asked(null, "The kernel does not answer. Is it running?")); }, patience);
    waiting.set(id, { done, fail, timer });
    model.send({ id, request });
  });
  return { ask, makeForm: formOf };
};
