// What a reader sends to the engine: a packet of one's own, with any address, port and length.

import { h } from "./kit.js";

// A form of `parts`, whose named `inputs` can be complained of. `read()` gives the request.
export const makeAsking = ({ id, label, button, inputs, parts, read, send }) => {
  const error = h("p", { class: "wrong", id: `${id}-error`, role: "alert" });
  const complain = (field, message) => {
    Object.values(inputs).forEach((input) => { input.removeAttribute("aria-invalid"); input.removeAttribute("aria-describedby"); });
    error.textContent = message;
    const input = inputs[field];
    if (!input) return;
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", error.id);
    input.focus();
  };
  let busy = false;
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      await send(read());
      complain(null, "");
    } catch (wrong) {
      complain(wrong.field, wrong.message);
    } finally {
      busy = false;
    }
  };
  return h("form", { submit, novalidate: true, "aria-label": label }, ...parts, h("button", {}, button), error);
};

const FIELDS = [
  ["destination", "to", { type: "text", value: "10.2.0.9", spellcheck: "false" }],
  ["protocol", "protocol", { type: "text", value: "tcp", size: 6 }],
  ["port", "port", { type: "text", value: "80", inputmode: "numeric", size: 6 }],
  ["length", "length in bytes", { type: "number", value: "100", min: 20, max: 65535 }],
];

export const makeForm = (options, send, id) => {
  const source = h("select", { name: "source" }, ...options.sources.map((name) => h("option", {}, name)));
  const inputs = { source };
  const labels = FIELDS.map(([name, label, attributes]) => {
    inputs[name] = h("input", { name, autocomplete: "off", ...attributes });
    return h("label", {}, label, inputs[name]);
  });
  inputs.destination.value = options.destination;
  const read = () => ({ scenario: options.scenario, ...Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value.trim()])) });
  return makeAsking({ id, label: "Send a packet of your own", button: "Send", inputs, parts: [h("label", {}, "from", source), ...labels], read, send });
};
