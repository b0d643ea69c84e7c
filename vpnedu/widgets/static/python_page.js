// Python for the page that this script is loaded by: see `python_engine.js`.

import { makePanel } from "./changing.js";
import { HERE } from "./loading.js";
import { workerEngine } from "./python_line.js";

const listeners = new Set();
let news = "";
const told = (words) => { news = words; listeners.forEach((listener) => listener(words)); };
const open = () => new Worker(new URL(`python/worker.mjs${new URL(HERE).search}`, HERE), { type: "module" });

// `listen(listener)` tells the words for the reader, now and whenever they change; it gives what ends it.
const listen = (listener) => { listeners.add(listener); listener(news); return () => listeners.delete(listener); };

globalThis.vpneduPython = { ...workerEngine({ open, told }), makePanel, listen };
