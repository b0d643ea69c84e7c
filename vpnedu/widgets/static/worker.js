// Python in the page: a worker that runs the book's own engine. Its messages: `widgets/protocol.py`.
// Beside those it says {state: "ready", memory, seconds} once, or {state: "lost", message}.

const HERE = new URL("./", import.meta.url).href;
// "?v=314.0.7_1a2b3c4d": the version of Pyodide, which is its folder, and that of the book's own code.
const VERSION = new URL(import.meta.url).searchParams.get("v");
const CORE = `${HERE}${VERSION.split("_")[0]}/`;
const START = `
import json
from vpnedu.widgets.engine import answer
from vpnedu.widgets.protocol import Conversation

def begin(post):
    talk = Conversation(answer, lambda message: post(json.dumps(message)))
    return lambda text: talk.hear(json.loads(text)), talk.work

begin
`;

const unpacked = (answer) => {
  if (!answer.ok) throw new Error(`the book's own code is not there (${answer.status})`);
  return answer.arrayBuffer();
};

const begin = async () => {
  const from = performance.now();
  const wheel = fetch(`${HERE}vpnedu.whl?v=${VERSION}`);
  const { loadPyodide } = await import(`${CORE}pyodide.mjs`);
  const python = await loadPyodide({ indexURL: CORE, packageBaseUrl: CORE });
  python.unpackArchive(await unpacked(await wheel), "wheel");
  const [hear, work] = python.runPython(START)((text) => postMessage(JSON.parse(text)));
  postMessage({ state: "ready", seconds: (performance.now() - from) / 1000, memory: python._module.HEAP8.length });
  return { hear, work };
};

// Between two slices of work the worker hears what else the page has sent.
const slices = new MessageChannel();
let working = false;

const begun = begin();
begun.catch((wrong) => postMessage({ state: "lost", message: wrong.message }));

// What ends Python itself, such as no memory left, cannot be told by Python.
const fatal = (act) => { try { return act(); } catch (wrong) { postMessage({ state: "lost", message: wrong.message }); return false; } };

slices.port1.onmessage = async () => {
  const { work } = await begun;
  working = fatal(work);
  if (working) slices.port2.postMessage(null);
};

onmessage = async ({ data }) => {
  const { hear } = await begun;
  fatal(() => hear(JSON.stringify(data)));
  if (!working) { working = true; slices.port2.postMessage(null); }
};
