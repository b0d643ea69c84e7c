// A code cell that is being edited: the editor in place of its code, what runs it, and its output.

import { outputsOf } from "./cell_outputs.js";
import { h, say } from "./kit.js";
import { pythonEngine } from "./python_engine.js";

const HINT = "Ctrl or ⌘ with Enter runs the cell. Tab indents; Escape, then Tab leaves the editor.";
const FIRST = "Running … The first run starts Python in this page: about 7 MB, once.";
const LONG = "Still at work after 10 seconds. “Stop” ends it.";
const STOPPED = "Stopped. Names that cells had made are gone; the next run makes them again from the cells above.";
const AGAIN = " Python had been started anew, so the cells above ran again first.";
const PATIENCE = 10000; // milliseconds

const placeOf = ({ line, message }) => (line === null ? message : `Line ${line}: ${message}`);

// What a reader is told of an answer to the cell called `name`. `known` is whether this page had an
// answer before.
export const wordsOf = ({ error, first, anew }, name, known) => {
  if (error && error.cell !== name) return `The code above in ${error.cell} ran first, and failed. ${placeOf(error)}`;
  if (error) return placeOf(error);
  const above = first.some((each) => each !== "imports") ? " The cells above ran first." : "";
  return `Done: the output is below.${anew && known ? AGAIN : above}`;
};

let known = false;

const makeDesk = ({ cell, cells, page, imports, makeEditor }) => {
  const label = `Code ${cell.name}`;
  const input = cell.element.querySelector(".cell_input");
  const printed = input.querySelector("[class*=highlight-]");
  const original = cell.element.querySelector(".cell_output");
  // The page has keys of its own ("/" goes to the search), and sees no text field in a shadow root.
  const place = h("div", { class: "vpn-try-editor", keydown: (event) => event.stopPropagation() });
  let shown = original;
  let stopping = null;

  const tell = (words, wrong = false) => {
    cell.news.classList.toggle("wrong", wrong);
    say(cell.news, words);
  };
  const text = () => editor.text();

  const earlier = () => cells.slice(0, cells.indexOf(cell)).map(({ name, source, desk }) => ({ name, code: desk?.text() ?? source }));
  const request = () => ({ code: text(), name: cell.name, page, before: [...(imports ? [{ name: "imports", code: imports }] : []), ...earlier()] });

  const show = (output) => {
    if (shown) shown.remove();
    shown = output;
    if (output) cell.element.append(output);
  };

  const answered = async (answer) => {
    const output = await outputsOf(answer);
    show(output.hasChildNodes() ? output : null);
    const words = wordsOf(answer, cell.name, known);
    known = true;
    const own = answer.error?.cell === cell.name;
    editor.mark(own ? answer.error.line : null, own ? words : null);
    tell(words, Boolean(answer.error));
  };

  const turn = (on) => {
    stop.setAttribute("aria-disabled", String(!on));
    start.setAttribute("aria-disabled", String(on));
  };

  const run = async () => {
    if (stopping) return;
    stopping = new AbortController();
    const { signal } = stopping;
    turn(true);
    editor.mark(null, null);
    tell(known ? "Running …" : FIRST);
    const late = setTimeout(() => tell(LONG), PATIENCE);
    try {
      const engine = await pythonEngine();
      const answer = await engine.ask(request(), { signal, patient: true });
      if (!signal.aborted) await answered(answer);
    } catch (wrong) {
      tell(signal.aborted ? STOPPED : wrong.message, !signal.aborted);
    } finally {
      clearTimeout(late);
      stopping = null;
      turn(false);
    }
  };

  const reset = () => {
    editor.write(cell.source);
    editor.mark(null, null);
    show(original);
    tell("Code and output are as printed again.");
  };

  const button = (words, act) => h("button", { type: "button", click: act }, words);
  const start = button("Run", run);
  const stop = button("Stop", () => stopping?.abort());
  const controls = h("div", { class: "vpn-try-row", role: "group", "aria-label": label }, start, stop, button("Reset", reset));
  turn(false);

  printed.hidden = true;
  input.append(place);
  const editor = makeEditor({ parent: place, text: cell.source, label, hint: HINT, run });
  return { controls, text, focus: () => editor.focus() };
};

globalThis.vpneduCellDesk = makeDesk;
