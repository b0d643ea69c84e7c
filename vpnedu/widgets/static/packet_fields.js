// The fields of a reader's own packet.

import { fillSelect } from "./grid.js";
import { h } from "./kit.js";

const FIELDS = [
  ["source", "from", null],
  ["destination", "to", { type: "text", spellcheck: "false" }],
  ["protocol", "protocol", { type: "text", size: 6 }],
  ["port", "port", { type: "text", inputmode: "numeric", size: 6 }],
  ["length", "length in bytes", { type: "number", min: 20, max: 65535 }],
];
// What most packets have no need of, and how it is then.
const MORE = [
  ["source_port", "from port", { type: "text", inputmode: "numeric", size: 6, placeholder: "40000" }],
  ["sender", "really sent by", null],
  ["answered", "send the answer, too", { type: "checkbox" }],
  ["fragment", "routers may cut it", { type: "checkbox" }],
];
const PLAIN = { source_port: "", sender: "", answered: false, fragment: false };
const LONGEST = 100; // characters of a field

const fits = (name, value) => (typeof PLAIN[name] === "boolean" ? typeof value === "boolean" : typeof value === "string" && value.length <= LONGEST);

// What is written in the fields of a packet; whatever is of another kind, or too long to be meant, is left out.
export const packetIn = (request) => Object.fromEntries([...FIELDS, ...MORE].map(([name]) => [name, request[name]]).filter(([name, value]) => fits(name, value)));

// {inputs, parts, read(), write(packet, hosts), offer(hosts)}.
export const makePacket = () => {
  const inputs = {};
  const field = ([name, label, attributes]) => {
    inputs[name] = attributes ? h("input", { name, autocomplete: "off", ...attributes }) : h("select", { name });
    const ticked = attributes?.type === "checkbox";
    return h("div", { class: "vpn-editing field" }, ticked ? h("label", { class: "check" }, inputs[name], label) : h("label", {}, label, inputs[name]));
  };
  const usual = FIELDS.map(field);
  const more = h("details", {}, h("summary", {}, "More about the packet"), h("div", { class: "fold" }, ...MORE.map(field)));
  const offer = (hosts, { source, sender } = read()) => {
    fillSelect(inputs.source, hosts, source);
    fillSelect(inputs.sender, [{ value: "", label: "the same" }, ...hosts], sender);
  };
  const read = () => Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.type === "checkbox" ? input.checked : input.value.trim()]));
  const write = (request, hosts) => {
    const packet = { ...read(), ...PLAIN, ...packetIn(request) };
    offer(hosts, packet);
    Object.entries(packet).forEach(([name, value]) => { inputs[name][typeof value === "boolean" ? "checked" : "value"] = value; });
    if (MORE.some(([name]) => packet[name] !== PLAIN[name])) more.open = true;
  };
  return { inputs, parts: [...usual, more], read, write, offer };
};
