// Loads a script of the site when it is wanted: a classic one, since a page opened from a disk may
// load nothing else.

import { h } from "./kit.js";

// Where the site's scripts lie; empty in a notebook.
export const HERE = globalThis.document?.currentScript?.src ?? "";

const loading = new Map();

// Promises what `found` gives once the script has run; fails with `lost` as its message.
export const load = (path, found, lost) => {
  if (loading.has(path)) return loading.get(path);
  const promise = new Promise((done, fail) => {
    const fails = () => { script.remove(); loading.delete(path); fail(new Error(lost)); };
    const script = h("script", { src: new URL(path, HERE).href, load: () => (found() ? done(found()) : fails()), error: fails });
    document.head.append(script);
  });
  loading.set(path, promise);
  return promise;
};
