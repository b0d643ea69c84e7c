// A gateway to change: its address and kind, its policies in their order, its routes, what stops its packets.

import { MOST, turned } from "./editing.js";
import { check, fields, makeField, makeGroup, makeLater, makeRows, makeSection, makeThing, nameOf, number, select, text } from "./editor_parts.js";
import { h } from "./kit.js";

const CARRIERS = ["udp 500", "udp 4500", "esp"];
const INTERNET = "internet";

// What a policy does with what it holds, as one choice: protect it in a tunnel, or an action alone.
const thenOf = ({ action, tunnel }) => (action === "protect" ? `in ${tunnel}` : action);
const thenInto = (policy, value) => ({ ...policy, ...(value.startsWith("in ") ? { action: "protect", tunnel: value.slice(3) } : { action: value, tunnel: null }) });

// A blackhole leads nowhere; " " is no interface's name.
const NOWHERE = { value: " ", label: "nowhere: dropped (blackhole)" };
const viaOf = (route) => (route.blackhole ? " " : route.via);
const viaInto = (route, value) => (value === " " ? { ...route, blackhole: true, via: "" } : { ...route, blackhole: false, via: value });

const POLICIES = "The first that holds a packet decides.";
const ROUTES = "Their order does not matter: the longest prefix decides.";
const LEARNED = "What is learned comes and goes with what tunnels announce.";

const tunnelsOf = (gateway, document) => document.tunnels.filter((tunnel) => tunnel.ends.includes(gateway.name)).map((tunnel) => tunnel.name);

const policyRows = (gateway, does) => {
  const thens = () => [...tunnelsOf(gateway, does.document()).map((name) => ({ value: `in ${name}`, label: name })), "bypass", "discard"];
  return makeRows({
    label: "Policies", hint: POLICIES, noun: "policy", of: gateway.name, ordered: true, most: MOST.policies, rows: gateway.policies ?? [],
    columns: [
      text("local", "local"), text("remote", "remote"), text("protocol", "protocol", { empty: "any", width: "3.8em" }),
      text("local_ports", "local ports", { empty: "any", width: "4.5em" }), text("remote_ports", "remote ports", { empty: "any", width: "4.5em" }),
      { key: "action", keys: ["action", "tunnel"], label: "then", kind: "select", width: "11em", options: thens, from: thenOf, into: thenInto },
    ],
    blank: () => ({ local: "0.0.0.0/0", remote: "0.0.0.0/0", protocol: "any", local_ports: "any", remote_ports: "any", action: "discard", tunnel: null }),
  }, does.edited);
};

const routeRows = (gateway, does) => {
  const inside = () => does.document().gateways.find((one) => one.name === gateway.name)?.inside ?? gateway.inside;
  const ways = () => [...tunnelsOf(gateway, does.document()), inside(), INTERNET, NOWHERE];
  const hint = does.document().tunnels.some((tunnel) => tunnel.announces) ? `${ROUTES} ${LEARNED}` : ROUTES;
  return makeRows({
    label: "Routes", hint, noun: "route", of: gateway.name, most: MOST.routes, rows: gateway.routes ?? [],
    columns: [
      text("prefix", "prefix"), { key: "via", keys: ["via", "blackhole"], label: "via", kind: "select", options: ways, from: viaOf, into: viaInto },
      number("preference", "preference", { width: "5em", empty: "1" }), number("metric", "metric", { width: "5em", empty: "0" }),
      { ...select("origin", "origin", []), width: "8.5em", options: (origin) => ["static", "connected", ...(origin === "learned" ? ["learned"] : [])] },
    ],
    blank: () => ({ prefix: "0.0.0.0/0", via: INTERNET, preference: 1, metric: 0, origin: "static", blackhole: false }),
  }, does.edited);
};

// The other kind begins with what the old kind's table says, where its own says nothing.
const kindField = (gateway, does) => makeField(select("kind", "kind", ["policy-based", "route-based"]), gateway.kind, { of: gateway.name, edited: () => {
  const document = does.read();
  const now = (one) => (one.name === gateway.name ? turned(document, one, one.kind) : one);
  does.redraw({ ...document, gateways: document.gateways.map(now) });
} });

const filterPart = (gateway, edited) => {
  const boxes = CARRIERS.map((carrier) => h("input", { type: "checkbox", checked: gateway.filters?.includes(carrier), change: () => edited(), "aria-label": `${carrier} is stopped, ${gateway.name}` }));
  const element = makeGroup("A firewall in front of it stops", h("div", { class: "fields" }, ...boxes.map((box, place) => h("div", { class: "field" }, h("label", { class: "check" }, box, CARRIERS[place])))));
  const read = () => {
    const now = CARRIERS.filter((_, place) => boxes[place].checked);
    return now.length || gateway.filters ? now : undefined;
  };
  return { element, read, refresh: () => {}, find: () => boxes[0] };
};

const HOLDS_NONE = [{ value: "discard", label: "discard (as in RFC 4301)" }, { value: "bypass", label: "bypass (as in Linux)" }];

const insideOf = (gateway, does) => {
  const own = { of: gateway.name, edited: does.edited };
  const byPolicy = gateway.kind === "policy-based";
  const head = { ...does.whole?.gateway(gateway, does), address: makeField(text("address", "address"), gateway.address, own), kind: kindField(gateway, does) };
  const after = byPolicy ? {
    otherwise: makeField(select("otherwise", "what no policy holds", HOLDS_NONE), gateway.otherwise ?? "discard", own),
    translates: makeField(check("translates", "first puts its own address in place of the source (NAT)"), gateway.translates, own),
  } : {};
  const parts = { ...head, ...after, ...(byPolicy && { policies: policyRows(gateway, does) }), routes: routeRows(gateway, does), filters: filterPart(gateway, does.edited) };
  const element = h("div", {}, fields(...Object.values(head)), parts.policies?.element, fields(...Object.values(after)), parts.routes.element, parts.filters.element, does.whole?.removal("gateways", gateway, does));
  return makeThing(gateway, parts, element);
};

export const makeGatewayPart = (gateway, does, place) =>
  makeLater(gateway, makeSection(`gateway ${place}`, [nameOf(gateway.name), ` (${gateway.kind})`]), () => insideOf(gateway, does));
