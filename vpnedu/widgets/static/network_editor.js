// A whole network to change: its tables, and things added, removed, renamed and joined.

import { mark } from "./complaints.js";
import { MOST } from "./editing.js";
import { makeField, makeList, number, press, select, text } from "./editor_parts.js";
import { namesIn, renamed, unjoined, without, withGateway, withNetwork, withTunnel } from "./growing.js";
import { h } from "./kit.js";
import { makeNetworkTables } from "./network_tables.js";

const KINDS = ["site", "virtual network", "user", "server"];
const INTERNET = "internet";

// A thing's name. A new one is taken over wherever the thing is referred to; none, or one that something
// else has, is refused at once: what refers to which could not be told any more.
const nameField = (kind, thing, does) => {
  const part = makeField(text("name", "name"), thing.name, { of: thing.name, edited: () => {
    const name = part.input.value.trim();
    if (name === thing.name) return;
    const document = does.read();
    const same = [INTERNET, ...namesIn(document)].filter((other) => String(other).toLowerCase() === name.toLowerCase());
    const own = name.toLowerCase() === INTERNET ? 0 : 1;
    if (name && same.length <= own) { does.redraw(renamed(document, kind, thing.name, name)); return; }
    part.input.value = thing.name;
    mark(part.input, name ? `Something else is called “${name}”. The name stays “${thing.name}”.` : `It needs a name. It stays “${thing.name}”.`);
  } });
  return part;
};

const removal = (kind, thing, does) => press("Remove", () => does.redraw(without(does.read(), kind, thing.name), `${thing.name} removed`), `Remove ${thing.name}`);

// Where a network stands in the picture: ["left", 0.5].
const placePart = (network, own) => {
  const side = makeField(select("side", "stands", ["left", "right"]), network.place?.[0], own);
  const row = makeField({ ...number("row", "in row"), fraction: true }, network.place?.[1], own);
  return { element: h("div", { class: "fields" }, side.element, row.element), read: () => [side.read(), row.read()], refresh: () => {}, find: ([place]) => (place === "1" ? row : side).input };
};

// Its two ends. What one of them offered, or had as its key, goes with it.
const endPart = (tunnel, does) => {
  const gateways = () => does.document().gateways.map((gateway) => gateway.name);
  const moved = () => {
    const document = does.read();
    const kept = (named, ends) => Object.fromEntries(Object.entries(named).filter(([end]) => ends.includes(end)));
    const cleaned = (other) => ({ ...other, ...(other.offers && { offers: kept(other.offers, other.ends) }), ...(other.keys && { keys: kept(other.keys, other.ends) }) });
    does.redraw({ ...document, tunnels: document.tunnels.map((other) => (other.name === tunnel.name ? cleaned(other) : other)) });
  };
  return makeList(tunnel.ends.map((end, place) => makeField({ key: "end", label: place ? "and" : "between", kind: "select", options: gateways }, end, { of: tunnel.name, edited: moved })));
};

const adders = (does) => {
  const grown = (kind, grow) => () => {
    const before = does.read();
    const after = before[kind].length < MOST[kind] && grow(before);
    if (after) does.redraw(after, `${after[kind][after[kind].length - 1].name} added`);
  };
  const bare = (document) => document.networks.find((network) => network.kind !== "server" && !document.gateways.some((gateway) => gateway.inside === network.name))?.name;
  return {
    networks: h("p", { class: "row" }, ...KINDS.map((kind) => press(`Add a ${kind}`, grown("networks", (document) => withNetwork(document, kind))))),
    gateways: h("p", { class: "row" }, press("Add a gateway where there is none", grown("gateways", (document) => bare(document) && withGateway(document, bare(document))))),
    tunnels: press("Add a tunnel", grown("tunnels", (document) => unjoined(document) && withTunnel(document, unjoined(document)))),
  };
};

// What can be changed of each thing beside its tables.
const WHOLE = {
  network: (network, does) => {
    const own = { of: network.name, edited: does.edited };
    return { name: nameField("networks", network, does), kind: makeField(select("kind", "kind", KINDS), network.kind, own), place: placePart(network, own) };
  },
  gateway: (gateway, does) => {
    const networks = () => does.document().networks.map((network) => network.name);
    return { name: nameField("gateways", gateway, does), inside: makeField({ key: "inside", label: "serves", kind: "select", options: networks }, gateway.inside, { of: gateway.name, edited: does.edited }) };
  },
  tunnel: (tunnel, does) => ({ name: nameField("tunnels", tunnel, does), ends: endPart(tunnel, does) }),
  about: (document, own) => ({ title: makeField(text("title", "title", { wide: true }), document.title, own), between: makeField(text("between", "what lies between the gateways"), document.between, own) }),
  removal, adders,
};

// {element, read(), write(document), complain(path, message), clear()}. `whole`: things can be added, removed
// and renamed, too. `changed()` is called after each change that is one step of undo.
export const makeNetworkEditor = (document, { changed, whole = false } = {}) => makeNetworkTables(document, { changed, whole: whole ? WHOLE : null });
