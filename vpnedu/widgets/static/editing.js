// What changing a document's tables comes to, without a page: rows moved, texts and numbers, a document's
// shape, the paths in it. Documents are never changed in place.

export const moved = (rows, from, to) => {
  const rest = rows.filter((_, place) => place !== from);
  return [...rest.slice(0, to), rows[from], ...rest.slice(to)];
};

// The thing with another value at `key`, in the order it was written in; without it where there is none.
export const withValue = (thing, key, value) => {
  if (value !== undefined) return { ...thing, [key]: value };
  const { [key]: _, ...rest } = thing;
  return rest;
};

// "10.1.0.0/16, 10.3.0.0/16" and its parts.
export const listed = (text) => text.split(",").map((part) => part.trim()).filter(Boolean);
export const joined = (value) => (Array.isArray(value) ? value.join(", ") : String(value ?? ""));

// A whole number as a number; what is none stays text, so that Python can say what is wrong with it.
export const numberOf = (text, fraction = false) => ((fraction ? /^\d{1,9}(\.\d{1,4})?$/ : /^\d{1,10}$/).test(text.trim()) ? Number(text) : text.trim());

// Of a list of numbers each that is one.
export const numbersIn = (value) => (typeof value === "string" ? numberOf(value) : value);

// The prefixes of the network that a gateway serves.
export const prefixesBehind = (document, gateway) => document.networks.find((network) => network.name === gateway.inside)?.prefixes ?? [];

// The gateway of the other kind: where that kind's table says nothing yet, what the old one says.
export const turned = (document, gateway, kind) => {
  const peers = document.tunnels.filter(({ ends }) => ends.includes(gateway.name));
  const into = new Set(peers.map((tunnel) => tunnel.name));
  if (kind === "policy-based" && !gateway.policies?.length) {
    const rows = (gateway.routes ?? []).filter((route) => !route.blackhole && into.has(route.via));
    const policies = prefixesBehind(document, gateway).flatMap((local) => rows.filter(({ prefix }) => prefix.includes(":") === local.includes(":"))
      .map(({ prefix, via }) => ({ local, remote: prefix, protocol: "any", local_ports: "any", remote_ports: "any", action: "protect", tunnel: via })));
    return { ...gateway, kind, policies };
  }
  if (kind === "route-based" && !(gateway.routes ?? []).some((route) => into.has(route.via))) {
    const rows = (gateway.policies ?? []).filter((policy) => into.has(policy.tunnel));
    const pairs = rows.flatMap(({ remote, tunnel }) => listed(joined(remote)).map((prefix) => ({ prefix, via: tunnel, preference: 1, metric: 0, origin: "static", blackhole: false })));
    const routes = pairs.filter((row, place) => pairs.findIndex((other) => other.prefix === row.prefix && other.via === row.via) === place);
    return { ...gateway, kind, routes: [...(gateway.routes ?? []), ...routes] };
  }
  return { ...gateway, kind };
};

// What tables can show at all (the limits of `simulation/documents/limits.py`).
export const MOST = { networks: 12, gateways: 12, tunnels: 24, hosts: 24, policies: 64, routes: 64, offers: 16, devices: 2, instances: 2, circuits: 1 };

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === "string";
const all = (value, rule) => Array.isArray(value) && value.every(rule);
const named = (value, rule) => isObject(value) && Object.values(value).every(rule);
// What each key must hold wherever it stands; lists of things are walked through.
const SHAPES = {
  name: isText, prefixes: (value) => all(value, isText), filters: (value) => all(value, isText), ports: Array.isArray, place: Array.isArray,
  ends: (value) => all(value, isText) && value.length === 2, keys: (value) => named(value, isText),
  offers: (value) => named(value, (pairs) => all(pairs, (pair) => all(pair, isText)) && pairs.length <= MOST.offers),
};
const NEEDS = { network: ["networks", "gateways", "tunnels"], design: ["devices", "gateways", "circuits"], networks: ["name", "prefixes"], gateways: ["name"], tunnels: ["name", "ends"] };

const check = (thing, kind) => {
  const wrong = [...(NEEDS[kind] ?? []), ...Object.keys(thing)].find((key) => !(SHAPES[key] ?? ((value) => value !== undefined))(thing[key]));
  if (wrong) throw new Error(`${wrong} of the ${kind} is not what it must be`);
  Object.keys(MOST).filter((key) => key in thing && key !== "offers").forEach((key) => {
    if (!all(thing[key], isObject)) throw new Error(`${key} must be a list of objects`);
    if (thing[key].length > MOST[key]) throw new Error(`${thing[key].length} ${key} are too many to show; ${MOST[key]} at most`);
    thing[key].forEach((part) => check(part, key));
  });
};

// The document itself; an Error says what no table can show of it. A document may come from anybody, so it
// is looked over before any of it is drawn; what its values mean, Python says.
export const shapely = (document, kind) => {
  if (!isObject(document) || document.kind !== kind) throw new Error(`This is no document of a ${kind}.`);
  check(document, kind);
  return document;
};

// The parts of a path in a document: "gateways.0.routes.3.prefix".
export const partsOfPath = (path) => String(path ?? "").split(".").filter(Boolean);

// Whose document a field of a request belongs to, and its path in there; nothing where it is no path into one.
export const inDocument = (field) => {
  const [, which, path] = /^document(?:s\.(\d+))?\.(.+)$/.exec(field ?? "") ?? [];
  return path === undefined ? undefined : { place: Number(which ?? 0), path };
};
