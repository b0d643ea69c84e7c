// A network's things added, renamed and taken out, without a page: what refers to them goes along. Documents
// are never changed in place.

import { prefixesBehind } from "./editing.js";

const each = (list, change) => (list ?? []).map(change);
const keysRenamed = (named, from, to) => Object.fromEntries(Object.entries(named ?? {}).map(([key, value]) => [key === from ? to : key, value]));
const withKeys = (tunnel, change) => Object.fromEntries(["offers", "keys"].filter((key) => tunnel[key]).map((key) => [key, change(tunnel[key])]));

// All names of a network's things: no two may be the same.
export const namesIn = (document) => ["networks", "gateways", "tunnels"].flatMap((kind) => each(document[kind], (thing) => thing.name))
  .concat(each(document.networks, (network) => each(network.hosts, (host) => host.name)).flat());

// The network document once a thing has another name: what refers to it does so by the new one.
export const renamed = (document, kind, from, to) => {
  const now = (name) => (name === from ? to : name);
  const named = (things, own) => each(things, (thing) => (own ? { ...thing, name: now(thing.name) } : thing));
  const [networks, tunnels] = [named(document.networks, kind === "networks"), named(document.tunnels, kind === "tunnels")];
  const gateways = each(named(document.gateways, kind === "gateways"), (gateway) => ({
    ...gateway,
    ...(kind === "networks" && { inside: now(gateway.inside) }),
    ...(kind !== "gateways" && { routes: each(gateway.routes, (route) => ({ ...route, via: now(route.via) })) }),
    ...(kind === "tunnels" && { policies: each(gateway.policies, (policy) => ({ ...policy, tunnel: now(policy.tunnel) })) }),
  }));
  const between = each(tunnels, (tunnel) => (kind !== "gateways" ? tunnel
    : { ...tunnel, ends: each(tunnel.ends, now), ...withKeys(tunnel, (named_) => keysRenamed(named_, from, to)) }));
  return { ...document, networks, gateways, tunnels: between };
};

// The network document without a thing, and without what can't be without it: a network's gateway, a
// gateway's tunnels, the rows that lead into a tunnel.
export const without = (document, kind, name) => {
  const networks = each(document.networks, (thing) => thing).filter((thing) => kind !== "networks" || thing.name !== name);
  const gone = (gateway) => (kind === "networks" && gateway.inside === name) || (kind === "gateways" && gateway.name === name);
  const lost = new Set((document.gateways ?? []).filter(gone).map((gateway) => gateway.name));
  const ended = (tunnel) => (kind === "tunnels" && tunnel.name === name) || tunnel.ends.some((end) => lost.has(end));
  const cut = new Set((document.tunnels ?? []).filter(ended).map((tunnel) => tunnel.name));
  const gateways = (document.gateways ?? []).filter((gateway) => !gone(gateway)).map((gateway) => ({
    ...gateway,
    policies: (gateway.policies ?? []).filter((policy) => !cut.has(policy.tunnel)),
    routes: (gateway.routes ?? []).filter((route) => !cut.has(route.via)),
  }));
  return { ...document, networks, gateways, tunnels: (document.tunnels ?? []).filter((tunnel) => !ended(tunnel)) };
};

// The first of "site 1", "site 2", … that nothing has as its name; "Site 1" is the same name.
export const freeName = (taken, kind) => {
  const known = new Set(taken.map((name) => String(name).toLowerCase()));
  for (let number = 1; ; number += 1) if (!known.has(`${kind} ${number}`)) return `${kind} ${number}`;
};

// The first number from 1 of which no text begins with `start` and it.
const freeNumber = (texts, start, end) => {
  for (let number = 1; number < 255; number += 1) if (!texts.some((text) => text.startsWith(`${start}${number}${end}`))) return number;
  return 255;
};

// One more network, with one device, and a gateway unless it is a public server.
export const withNetwork = (document, kind = "site") => {
  const name = freeName(namesIn(document), kind === "virtual network" ? "network" : kind);
  const prefixes = document.networks.flatMap((network) => network.prefixes);
  const start = kind === "server" ? "198.18." : "10.";
  const number = freeNumber(prefixes, start, ".");
  const side = kind === "site" || kind === "user" ? "left" : "right";
  const rows = document.networks.filter((network) => network.place?.[0] === side).map((network) => Number(network.place[1]) || 0);
  const place = [side, rows.length ? Math.max(...rows) + 1 : 0];
  const base = kind === "server" ? `${start}${number}` : `${start}${number}.0`;
  const device = freeName([...namesIn(document), name], kind === "server" ? "web server" : "device");
  const prefix = `${base}.0/${kind === "server" ? 24 : 16}`;
  const added = { name, kind, prefixes: [prefix], hosts: [{ name: device, address: `${base}.10` }], place };
  const grown = { ...document, networks: [...document.networks, added] };
  return kind === "server" ? grown : withGateway(grown, name);
};

// One more gateway, for the network called `inside`: route-based, with a way out to the internet.
export const withGateway = (document, inside) => {
  const { prefixes } = document.networks.find((network) => network.name === inside);
  const name = freeName(namesIn(document), "gateway");
  const number = freeNumber(document.gateways.map((gateway) => gateway.address), "203.0.113.", "");
  const own = prefixes.map((prefix) => ({ prefix, via: inside, preference: 0, metric: 0, origin: "connected", blackhole: false }));
  const out = { prefix: "0.0.0.0/0", via: "internet", preference: 1, metric: 0, origin: "static", blackhole: false };
  const added = { name, address: `203.0.113.${number}`, inside, kind: "route-based", policies: [], otherwise: "discard", routes: [...own, out] };
  return { ...document, gateways: [...document.gateways, added] };
};

// The rows with which `gateway` sends into `tunnel` what is for the networks behind `peer`.
const rowsInto = (document, gateway, tunnel, peer) => {
  const remotes = prefixesBehind(document, peer);
  const routes = remotes.map((prefix) => ({ prefix, via: tunnel, preference: 1, metric: 0, origin: "static", blackhole: false }));
  const policies = prefixesBehind(document, gateway).flatMap((local) => remotes.map((remote) => ({ local, remote, protocol: "any", local_ports: "any", remote_ports: "any", action: "protect", tunnel })));
  return gateway.kind === "policy-based" ? { ...gateway, policies: [...(gateway.policies ?? []), ...policies] } : { ...gateway, routes: [...(gateway.routes ?? []), ...routes] };
};

// One more tunnel, between two gateways, and in their tables what leads into it.
export const withTunnel = (document, ends) => {
  const name = freeName(namesIn(document), "tunnel");
  const added = { name, ends, suite: "AES-GCM-16", nat_t: false, up: true, negotiated: true, announces: false };
  const [a, b] = ends.map((end) => document.gateways.find((gateway) => gateway.name === end));
  const gateways = document.gateways.map((gateway) => (gateway === a ? rowsInto(document, a, name, b) : gateway === b ? rowsInto(document, b, name, a) : gateway));
  return { ...document, gateways, tunnels: [...document.tunnels, added] };
};

// Two gateways that no tunnel joins yet, or any two; nothing where there are not two.
export const unjoined = (document) => {
  const names = document.gateways.map((gateway) => gateway.name);
  const pairs = names.flatMap((one, place) => names.slice(place + 1).map((other) => [one, other]));
  return pairs.find(([one, other]) => !document.tunnels.some(({ ends }) => ends.includes(one) && ends.includes(other))) ?? pairs[0];
};
