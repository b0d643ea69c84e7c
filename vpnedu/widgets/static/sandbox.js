// <vpn-sandbox>: a network of one's own. What builds and runs it is loaded when a reader starts.

import { stateIn } from "./change.js";
import { isShallow } from "./depth.js";
import { h, say } from "./kit.js";
import { load } from "./loading.js";
import { hasPython, pythonEngine } from "./python_engine.js";

const LOST = "The sandbox could not be loaded. Is there a connection?";
const NONE = "This copy of the book was built without Python, so the sandbox stays closed.";
const LARGEST = 256000; // bytes, as for the command line

// The start that a link names: "#sandbox/hub-route-based".
export const startIn = (hash, starts) => starts.find(({ name }) => hash === `#sandbox/${name}`);

// The document in a file's text; whatever else it is, it is refused here or by Python.
const documentIn = (text) => {
  let document;
  try { document = JSON.parse(text); } catch { throw new Error("The file is not JSON, so it holds no network and no design."); }
  if (typeof document !== "object" || document === null || Array.isArray(document) || !isShallow(document)) throw new Error("The file holds no network and no design.");
  return document;
};

const documentOf = async (file) => {
  if (file.size > LARGEST) throw new Error("The file has more than 256 kB; no network or design needs as much.");
  return documentIn(await file.text());
};

const needed = (name, found) => found() ?? load(`${name}.js`, found, LOST);

class VpnSandbox extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    if (this.desk) return;
    const { starts } = JSON.parse(this.querySelector("script").textContent);
    this.said = h("p", { role: "status" });
    this.desk = h("div");
    const choose = h("select", {}, ...starts.map(({ name, title }) => h("option", { value: name }, title)));
    const start = h("button", { type: "button", click: () => this.begin(starts[choose.selectedIndex].of) }, "Start");
    const file = h("input", { type: "file", accept: ".json,application/json", change: () => this.open(file) });
    const follow = () => {
      const known = startIn(location.hash, starts);
      const state = stateIn(location.hash, "sandbox");
      if (known) choose.value = known.name;
      if (known) this.begin(known.of);
      else if (state) this.begin({ state });
    };
    addEventListener("hashchange", follow);
    this.replaceChildren(h("div", { class: "begin" }, h("label", {}, "start with ", choose), start, h("label", {}, "or open a file ", file)), this.said, this.desk);
    this.setAttribute("ready", "");
    if (hasPython()) follow(); else say(this.said, NONE);
  }

  // `of` is what to ask the engine for, a document of one's own, or a link's state.
  async begin(of) {
    try {
      say(this.said, "Loading …");
      const engine = await pythonEngine();
      this.quiet?.();
      this.quiet = engine.listen((words) => say(this.said, words));
      const [make] = await Promise.all([needed("sandbox_desk", () => globalThis.vpneduDesk), needed("player", () => customElements.get("vpn-figure"))]);
      await make(engine, this.desk, of);
    } catch (wrong) { say(this.said, wrong.field ? `${wrong.field}: ${wrong.message}` : wrong.message); }
  }

  async open(input) {
    const [file] = input.files;
    try { if (file) await this.begin({ own: await documentOf(file) }); } catch (wrong) { say(this.said, wrong.message); }
    input.value = "";
  }
}

if (globalThis.customElements && !customElements.get("vpn-sandbox")) customElements.define("vpn-sandbox", VpnSandbox);
