// A high-availability design to change: devices and their providers, gateways with their instances, circuits.

import { MOST, numbersIn, shapely } from "./editing.js";
import { makeEditor } from "./editor.js";
import { check, fields, makeField, makeGroup, makeList, makeRows, makeSection, makeThing, nameOf, number, press, select, text } from "./editor_parts.js";
import { freeName } from "./growing.js";
import { h } from "./kit.js";

const MODES = ["active/standby", "active/active"];
const GATEWAYS = 2;

// All names of a design's things, so that a new one gets a free one.
const namesOf = (document) => [
  ...document.devices.flatMap(({ name, provider }) => [name, provider]), ...document.circuits.flatMap(({ name, router, location }) => [name, router, location]),
  ...[...document.gateways, ...document.circuits].flatMap(({ region, network }) => [region, network]),
  ...document.gateways.flatMap(({ name, instances }) => [name, ...(instances ?? []).flatMap((instance) => [instance.name, instance.zone])]),
];
const free = (does, kind) => freeName(namesOf(does.read()), kind);

const instanceRows = (gateway, does) => makeRows({
  label: "Instances", noun: "instance", of: gateway.name, most: MOST.instances, rows: gateway.instances ?? [],
  columns: [text("name", "name"), text("zone", "availability zone", { empty: "none" })], blank: () => ({ name: free(does, "instance"), zone: "" }),
}, does.edited);

const gatewayPart = (gateway, does) => {
  const own = { of: gateway.name, edited: does.edited };
  const parts = {
    name: makeField(text("name", "name"), gateway.name, { of: gateway.name, edited: () => does.redraw(does.read()) }),
    mode: makeField(select("mode", "mode", MODES), gateway.mode, own),
    region: makeField(text("region", "region", { empty: "region 1" }), gateway.region, own),
    network: makeField(text("network", "leads to the network", { empty: "network" }), gateway.network, own),
    prepend: makeField(number("prepend", "AS path made longer by", { empty: "0" }), gateway.prepend, own),
    instances: instanceRows(gateway, does),
  };
  const { instances, ...single } = parts;
  const removed = () => { const document = does.read(); does.redraw({ ...document, gateways: document.gateways.filter((_, place) => place !== does.document().gateways.findIndex(({ name }) => name === gateway.name)) }, `${gateway.name} removed`); };
  return makeThing(gateway, parts, makeGroup(nameOf(gateway.name), fields(...Object.values(single)), instances.element, press("Remove", removed, `Remove ${gateway.name}`)));
};

const added = (does) => () => {
  const document = does.read();
  if (document.gateways.length >= GATEWAYS) return;
  const taken = namesOf(document);
  const [first, second] = [freeName(taken, "instance"), freeName([...taken, freeName(taken, "instance")], "instance")];
  // A region has one gateway and one network.
  const gateway = { name: freeName(taken, "gateway"), mode: "active/standby", instances: [{ name: first, zone: "" }, { name: second, zone: "" }], region: freeName([...taken, "region 1"], "region"), network: freeName(taken, "network"), prepend: 0 };
  does.redraw({ ...document, gateways: [...document.gateways, document.gateways.length || document.circuits.length ? gateway : { ...gateway, region: "region 1", network: "network" }] }, `${gateway.name} added`);
};

const deviceRows = (document, does) => makeRows({
  label: "Devices of the site", hint: "Each has a tunnel to every public address of every gateway.", noun: "device", most: MOST.devices, rows: document.devices,
  columns: [text("name", "name"), text("provider", "internet provider")], blank: () => ({ name: free(does, "device"), provider: free(does, "provider") }),
}, does.edited);

const circuitRows = (document, does) => makeRows({
  label: "Private circuits", noun: "circuit", most: MOST.circuits, rows: document.circuits,
  columns: [text("name", "name"), text("router", "router of the site"), text("location", "peering location"), text("region", "region", { empty: "region 1" }), text("network", "network", { empty: "network" })],
  blank: () => {
    const { region = "region 1", network = "network" } = does.read().gateways[0] ?? {};
    return { name: freeName(namesOf(does.read()), "circuit"), router: free(does, "router"), location: free(does, "location"), region, network };
  },
}, does.edited);

const drawn = (document, does) => {
  const own = { edited: does.edited };
  const ports = makeField(text("ports", "source ports of the conversations, with commas between", { list: true }), document.ports, own);
  const list = makeList(document.gateways.map((gateway) => gatewayPart(gateway, does)));
  const parts = {
    title: makeField(text("title", "title", { wide: true }), document.title, own),
    bgp: makeField(check("bgp", "routes are learned by BGP (if not, they are configured by hand)"), document.bgp ?? true, own),
    ports: { ...ports, read: () => ports.read()?.map(numbersIn) }, devices: deviceRows(document, does), gateways: list, circuits: circuitRows(document, does),
  };
  const element = h("div", {}, makeSection("site", "The site", parts.devices.element, parts.circuits.element),
    makeSection("gateways", "Gateways", list.element, press("Add a gateway", added(does))), makeSection("about", "Routes and conversations", fields(parts.title, parts.bgp, parts.ports)));
  return makeThing(document, parts, element);
};

// {element, read(), write(document), complain(path, message), clear()}; its faults and timers are no part of it.
export const makeDesignEditor = (document, { changed } = {}) =>
  makeEditor(document, { label: "The design's tables", changed, shapely: (given) => shapely(given, "design"), drawn });
