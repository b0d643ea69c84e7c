// The wire view: the bytes of what crosses between the gateways, as an eavesdropper has them.

import { h } from "./kit.js";

// The datagram that last crossed the open, at event `index`; null if none has.
export const crossing = (trace, index) => {
  const flight = trace.events.slice(0, index + 1).findLast((event) => event.event === "flight" && event.link !== "inside");
  return flight ? trace.datagrams[flight.datagram] : null;
};

const pairs = (hex) => hex.match(/../g) ?? [];

// Bytes as the text they may be: what can't be printed is a dot.
export const asText = (hex) =>
  pairs(hex).map((pair) => { const code = parseInt(pair, 16); return code >= 32 && code < 127 ? String.fromCharCode(code) : "·"; }).join("");

const LONGEST = 48;

const field = (datagram, [name, start, length, value, sealed]) => {
  const hex = datagram.hex.slice(2 * start, 2 * (start + length));
  if (!hex) return null;
  const cut = hex.length > 2 * LONGEST;
  const kind = sealed ? "sealed" : datagram.inner === undefined ? "plain" : "outer";
  return h("span", { class: kind, title: `${name}: ${value}` }, pairs(hex.slice(0, 2 * LONGEST)).join(" ") + (cut ? " … " : " "));
};

const drawn = (datagram, trace) => {
  const sealed = datagram.inner !== undefined;
  const data = datagram.fields.find(([name]) => name === (sealed ? "inner packet" : "data"));
  const text = data ? asText(datagram.hex.slice(2 * data[1], 2 * (data[1] + Math.min(data[2], LONGEST)))) : "";
  const inner = sealed ? trace.datagrams[datagram.inner].length : datagram.length;
  const sum = sealed
    ? `${datagram.length} bytes for ${inner}: ${datagram.length - inner} added. Dotted: sealed. The rest anyone can read: headers before it, the integrity check after it.`
    : `${datagram.length} bytes, nothing added, nothing hidden.`;
  return h("div", {},
    h("p", { class: "panel-name" }, `What an eavesdropper sees: ${sealed ? "sealed" : "in the clear"}`),
    h("p", { class: "bytes" }, h("b", {}, datagram.label), h("br"), ...datagram.fields.map((each) => field(datagram, each))),
    h("p", { class: "wire-text" }, `as text: ${text}`),
    h("p", { class: "sum" }, sum));
};

export const makeWire = (trace) => {
  const crossed = [...new Set(trace.events.map((_, index) => crossing(trace, index)).filter(Boolean))];
  const views = new Map(crossed.map((datagram) => [datagram, drawn(datagram, trace)]));
  const none = h("div", {}, h("p", { class: "panel-name" }, "What an eavesdropper sees"), h("p", { class: "sum" }, "Nothing has crossed yet."));
  const element = h("div", {}, h("div", { class: "pile" }, none, ...views.values()));
  const show = (index) => {
    const seen = views.get(crossing(trace, index)) ?? none;
    [none, ...views.values()].forEach((each) => each.classList.toggle("shown", each === seen));
  };
  return { element, show };
};
