// A network's tables to change: its networks and devices, its gateways' policies and routes, its tunnels.
// Which things there are stays as it is, unless `whole` (see `network_editor.js`) lets it change.

import { MOST, shapely } from "./editing.js";
import { makeEditor } from "./editor.js";
import { check, fields, makeField, makeGroup, makeLater, makeList, makeRows, makeSection, makeThing, nameOf, number, select, text } from "./editor_parts.js";
import { makeGatewayPart } from "./gateway_part.js";
import { h } from "./kit.js";

const networkPart = (network, does) => {
  const own = { of: network.name, edited: does.edited };
  const parts = {
    ...does.whole?.network(network, does),
    prefixes: makeField(text("prefixes", "prefixes, with commas between", { list: true, wide: true }), network.prefixes, own),
    hosts: makeRows({
      label: "Devices", noun: "device", of: network.name, most: MOST.hosts, rows: network.hosts ?? [],
      columns: [text("name", "name"), text("address", "address")], blank: () => ({ name: "", address: "" }),
    }, does.edited),
  };
  const { hosts, ...single } = parts;
  return makeThing(network, parts, makeGroup([nameOf(network.name), ` (${network.kind})`], fields(...Object.values(single)), hosts.element, does.whole?.removal("networks", network, does)));
};

// Pairs of selectors that a route-based end offers, {gateway: [[local, remote, …], …]}, as rows of a table.
const offerPart = (tunnel, edited) => {
  const rows = Object.entries(tunnel.offers ?? {}).flatMap(([end, pairs]) => pairs.map(([local, remote, ...more]) => ({ end, local, remote, more })));
  const grid = makeRows({
    label: "Traffic selectors that a route-based end offers", hint: "Without any: any address to any address.", noun: "pair", of: tunnel.name, most: MOST.offers, rows,
    columns: [select("end", "offered by", tunnel.ends), text("local", "local"), text("remote", "remote")],
    blank: () => ({ end: tunnel.ends[0], local: "0.0.0.0/0", remote: "0.0.0.0/0", more: [] }),
  }, edited);
  const read = () => {
    const now = grid.read();
    if (!now.length) return tunnel.offers && {};
    const pairsOf = (end) => now.filter((row) => row.end === end).map(({ local, remote, more }) => [local, remote, ...more]);
    return Object.fromEntries([...new Set(now.map(({ end }) => end))].map((end) => [end, pairsOf(end)]));
  };
  // "offers.west gateway.1.0": the second pair of that gateway, its local side. A name may hold a dot.
  const find = (path) => {
    const parts = /^(.*?)(?:\.(\d+))?(?:\.(\d+))?$/.exec(path.join("."));
    const places = grid.read().flatMap(({ end }, at) => (end === parts[1] ? [at] : []));
    return grid.find([places[Number(parts[2] ?? 0)] ?? 0, parts[3] === "1" ? "remote" : "local"]) ?? grid.find([]);
  };
  return { element: grid.element, read, find, refresh: grid.refresh };
};

// The pre-shared key of an end that has another than was agreed on: {gateway: key}.
const keyPart = (tunnel, edited) => {
  const keys = tunnel.ends.map((end) => [end, makeField(text("key", `pre-shared key at ${end}`, { empty: "as agreed" }), tunnel.keys?.[end], { of: tunnel.name, edited })]);
  const read = () => {
    const now = keys.map(([end, part]) => [end, part.read()]).filter(([, key]) => key);
    return now.length || tunnel.keys ? Object.fromEntries(now) : undefined;
  };
  return { element: fields(...keys.map(([, part]) => part)), read, refresh: () => {}, find: (path) => (keys.find(([end]) => end === path.join(".")) ?? keys[0])[1].input };
};

const tunnelPart = (tunnel, does) => {
  const own = { of: tunnel.name, edited: does.edited };
  const flags = {
    up: makeField(check("up", "up"), tunnel.up ?? true, own),
    negotiated: makeField(check("negotiated", "negotiated (if not, it is keyed by hand, and nobody compares selectors)"), tunnel.negotiated ?? true, own),
    nat_t: makeField(check("nat_t", "ESP inside UDP (NAT-T)"), tunnel.nat_t, own),
    announces: makeField(check("announces", "its ends announce their prefixes to each other (BGP)"), tunnel.announces, own),
  };
  const whole = does.whole?.tunnel(tunnel, does) ?? {};
  const routes = does.document().gateways.some(({ name, kind }) => kind === "route-based" && tunnel.ends.includes(name));
  const offers = routes || Object.keys(tunnel.offers ?? {}).length ? { offers: offerPart(tunnel, does.edited) } : {};
  const parts = { ...whole, ...flags, keys: keyPart(tunnel, does.edited), ...offers };
  const title = [nameOf(tunnel.name), ": ", nameOf(tunnel.ends[0]), " to ", nameOf(tunnel.ends[1])];
  return makeThing(tunnel, parts, makeGroup(title, fields(...Object.values(whole)), fields(...Object.values(flags)), parts.keys.element, parts.offers?.element, does.whole?.removal("tunnels", tunnel, does)));
};

const drawn = (document, does) => {
  const own = { edited: does.edited };
  const adds = does.whole?.adders(does) ?? {};
  const later = (key, title, things, make, more) => makeLater(things, makeSection(key, title), () => {
    const list = makeList(things.map((thing) => make(thing, does)));
    if (more) list.element.append(more);
    return list;
  });
  const way = {
    ...does.whole?.about(document, own),
    mtu: makeField(number("mtu", "largest packet on the path, in bytes (MTU)", { empty: "1500" }), document.mtu, own),
    icmp: makeField(check("icmp", "ICMP messages get back to who sent too large a packet"), document.icmp ?? true, own),
  };
  const parts = {
    ...way, networks: later("networks", "Networks and devices", document.networks, networkPart, adds.networks),
    gateways: makeList(document.gateways.map((gateway, place) => makeGatewayPart(gateway, does, place))), tunnels: later("tunnels", "Tunnels", document.tunnels, tunnelPart, adds.tunnels),
  };
  const element = h("div", {}, parts.networks.element, parts.gateways.element, adds.gateways, parts.tunnels.element, makeSection("way", "The path between gateways", fields(...Object.values(way))));
  return makeThing(document, parts, element);
};

// {element, read(), write(document), complain(path, message), clear()}; `changed()` is called after each
// change that is one step of undo.
export const makeNetworkTables = (document, { changed, whole = null } = {}) =>
  makeEditor(document, { label: "The network's tables", changed, shapely: (given) => shapely(given, "network"), drawn: (now, does) => drawn(now, { ...does, whole }) });
