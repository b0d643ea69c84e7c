// What a reader sends to the engine: a packet of one's own, with any address, port and length, through
// the figure's network or, once its tables are asked for, through one of the reader's own.

import { mark, unmarkAll } from "./complaints.js";
import { styleEditing } from "./editing_style.js";
import { documentsIn, makeTables } from "./figure_tables.js";
import { h } from "./kit.js";
import { makePacket } from "./packet_fields.js";

// A form of `parts`, whose named `inputs` can be complained of: {element, read(), write(request), submit()}.
// `read()` gives the request; `elsewhere(field, message)` is true where another part has told what is wrong.
// An edit that is one step of undo is told by the event "changed" of its element.
export const makeAsking = ({ id, label, button, inputs, parts, read, write, send, elsewhere = () => false, clear = () => {} }) => {
  const error = h("p", { class: "wrong", id: `${id}-error` });
  const complain = ({ field, message }) => {
    const input = inputs[field];
    if (input) {
      const fold = input.closest("details");
      if (fold) fold.open = true;
      mark(input, message);
      input.focus();
      return;
    }
    if (elsewhere(field, message)) return;
    error.setAttribute("role", "alert");
    error.textContent = message;
  };
  const quiet = () => {
    unmarkAll(element);
    error.removeAttribute("role");
    error.textContent = "";
    clear();
  };
  // One run at a time; what is asked meanwhile is asked afterwards, once, as the form then is.
  let running = null;
  let next = null;
  const once = async () => {
    quiet();
    try { await send(read()); } catch (wrong) { complain(wrong); }
  };
  const begin = () => { running = once().finally(() => { running = null; }); return running; };
  const submit = () => {
    if (!running) return begin();
    next ??= running.then(() => { next = null; return begin(); });
    return next;
  };
  // A form with a name is a place to jump to: on a page with many each says whose it is.
  const of = globalThis.document.getElementById(id)?.querySelector(".figure-title")?.textContent;
  const onSubmit = (event) => { event.preventDefault(); submit(); };
  const element = h("form", { submit: onSubmit, novalidate: true, "aria-label": of ? `${label}: ${of}` : label }, ...parts, h("button", {}, button), error);
  return { element, read, write: (request) => { quiet(); write(request); }, submit };
};

export const told = (element) => element.dispatchEvent(new CustomEvent("changed", { bubbles: true }));

const OTHERS = "This state belongs to another figure.";

// `engine` gives the tables of a scenario; a preset may bring its own, its `documents`. `attach` is told
// which of the figure's packets is on stage.
export const makeForm = (options, send, id, engine) => {
  styleEditing();
  let { preset } = options.presets[0];
  const packet = makePacket();
  const own = () => options.presets.find((each) => each.preset === preset).documents;
  const hosts = () => tables.hosts() ?? options.sources;

  const changed = () => { packet.offer(hosts()); told(form.element); };
  const asked = async () => own() ?? (await engine.ask({ document_of: { scenarios: options.scenarios, preset } })).documents;
  const tables = makeTables(engine && asked, changed);

  const read = () => {
    const [document, second] = tables.read() ?? own() ?? [];
    const network = second ? { documents: [document, second] } : document ? { document } : { scenarios: options.scenarios, preset };
    return { ...network, ...packet.read() };
  };
  const write = (request) => {
    const given = documentsIn(request);
    const belongs = given ? given.length === options.scenarios.length : JSON.stringify(request.scenarios) === JSON.stringify(options.scenarios);
    if (!belongs) throw new Error(OTHERS);
    if (options.presets.some((each) => each.preset === request.preset)) preset = request.preset;
    tables.write(JSON.stringify(given) === JSON.stringify(own()) ? null : given);
    packet.write(request, hosts());
  };
  const attach = ({ preset: place }) => {
    const given = options.presets[place];
    if (!given) return;
    preset = given.preset;
    packet.write(given, hosts());
  };

  const form = makeAsking({
    id, label: "Send a packet of your own", button: "Send", inputs: packet.inputs, parts: packet.parts, read, write, send,
    elsewhere: tables.complain, clear: tables.clear,
  });
  form.element.append(tables.element);
  Object.values(packet.inputs).forEach((input) => input.addEventListener("change", () => told(form.element)));
  packet.write(options.presets[0], hosts());
  return { ...form, attach };
};
