// What a reader may choose where there is an engine: a packet, or faults and timers. It comes with
// the engine, so that a page without one does not load it.

import { makeFaultForm } from "./faults.js";
import { makeForm } from "./form.js";

// A form is {element, read(), write(state), submit(), attach(view)}: see `changing.js`, which uses it.
export const formOf = (form, send, id, engine) => (form.designs ? makeFaultForm : makeForm)(form, send, id, engine);
