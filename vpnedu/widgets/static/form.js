// What a reader sends to the engine: a packet of one's own, with any address, port and length, through
// the figure's network or, once its tables are asked for, through one of the reader's own.

import { mark, unmarkAll } from "./complaints.js";
import { styleEditing } from "./editing_style.js";
import { documentsIn, makeTables } from "./figure_tables.js";
import { fillSelect } from "./grid.js";
import { h } from "./kit.js";

// A form of `parts`, whose named `inputs` can be complained of: {element, read(), write(request), submit()}.
// `read()` gives the request; `elsewhere(field, message)` is true where another part has told what is wrong.
// An edit that is one step of undo is told by the event "changed" of its element.
export const makeAsking = ({ id, label, button, inputs, parts, read, write, send, elsewhere = () => false, clear = () => {} }) => {
  const error = h("p", { class: "wrong", id: `${id}-error` });
  const complain = ({ field, message }) => {
    const input = inputs[field];
    if (input) { mark(input, message); input.focus(); return; }
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
  const onSubmit = (event) => { event.preventDefault(); submit(); };
  const element = h("form", { submit: onSubmit, novalidate: true, "aria-label": label }, ...parts, h("button", {}, button), error);
  return { element, read, write: (request) => { quiet(); write(request); }, submit };
};

export const told = (element) => element.dispatchEvent(new CustomEvent("changed", { bubbles: true }));

const FIELDS = [
  ["source", "from", null],
  ["destination", "to", { type: "text", spellcheck: "false" }],
  ["protocol", "protocol", { type: "text", size: 6 }],
  ["port", "port", { type: "text", inputmode: "numeric", size: 6 }],
  ["length", "length in bytes", { type: "number", min: 20, max: 65535 }],
];
const LONGEST = 100; // characters of a field
const OTHERS = "This state belongs to another figure.";

// What is written in the fields of a packet; whatever is no text, or too long to be meant, is left out.
export const packetIn = (request) => Object.fromEntries(FIELDS.map(([name]) => [name, request[name]]).filter(([, value]) => typeof value === "string" && value.length <= LONGEST));

// `engine` gives the tables of a scenario. `attach` is told which of the figure's packets is on stage.
export const makeForm = (options, send, id, engine) => {
  styleEditing();
  let preset = options.presets[0].preset;
  const inputs = {};
  const parts = FIELDS.map(([name, label, attributes]) => {
    inputs[name] = attributes ? h("input", { name, autocomplete: "off", ...attributes }) : h("select", { name });
    return h("div", { class: "vpn-editing field" }, h("label", {}, label, inputs[name]));
  });
  const packet = () => Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value.trim()]));
  const offerSources = (source) => fillSelect(inputs.source, tables.hosts() ?? options.sources, source);
  const fill = (request) => {
    const given = { ...packet(), ...packetIn(request) };
    Object.entries(given).forEach(([name, value]) => { if (name !== "source") inputs[name].value = value; });
    offerSources(given.source);
  };

  const changed = () => { offerSources(inputs.source.value); told(form.element); };
  const asked = async () => (await engine.ask({ document_of: { scenarios: options.scenarios, preset } })).documents;
  const tables = makeTables(engine && asked, changed);

  const read = () => {
    const [document, second] = tables.read() ?? [];
    const network = second ? { documents: [document, second] } : document ? { document } : { scenarios: options.scenarios, preset };
    return { ...network, ...packet() };
  };
  const write = (request) => {
    const given = documentsIn(request);
    const fits = given ? given.length === options.scenarios.length : JSON.stringify(request.scenarios) === JSON.stringify(options.scenarios);
    if (!fits) throw new Error(OTHERS);
    tables.write(given);
    if (options.presets.some((each) => each.preset === request.preset)) preset = request.preset;
    fill(request);
  };
  const attach = ({ preset: place }) => {
    const given = options.presets[place];
    if (!given) return;
    preset = given.preset;
    fill(given);
  };

  const form = makeAsking({
    id, label: "Send a packet of your own", button: "Send", inputs, parts, read, write, send,
    elsewhere: tables.complain, clear: tables.clear,
  });
  form.element.append(tables.element);
  Object.values(inputs).forEach((input) => input.addEventListener("change", () => told(form.element)));
  fill(options.presets[0]);
  return { ...form, attach };
};
