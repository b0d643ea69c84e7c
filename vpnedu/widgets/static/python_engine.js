// Python in the page, for who wants to ask it: all that it needs is loaded when it is wanted.

import { load } from "./loading.js";

const DISK = "A page that was opened from a disk cannot start Python. Open the book from its site, or from a web server (“make serve”).";
const LOST = "What starts Python could not be loaded. Is there a connection?";

// The version of what the site carries; undefined where the book was built without it.
const carried = () => globalThis.document?.querySelector('meta[name="vpnedu-python"]')?.content;

export const hasPython = () => carried() !== undefined;

// Promises the engine. Python itself starts when the engine is first asked.
export const pythonEngine = async () => {
  if (location.protocol === "file:") throw new Error(DISK);
  return globalThis.vpneduPython ?? load(`python.js?v=${carried()}`, () => globalThis.vpneduPython, LOST);
};
