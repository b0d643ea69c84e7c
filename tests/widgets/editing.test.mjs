import assert from "node:assert/strict";
import test from "node:test";
import { MOST, inDocument, joined, listed, moved, numberOf, shapely, turned, withValue } from "../../vpnedu/widgets/static/editing.js";
import { documentsIn } from "../../vpnedu/widgets/static/figure_tables.js";
import { packetIn } from "../../vpnedu/widgets/static/packet_fields.js";
import { freeName, namesIn, renamed, unjoined, without, withGateway, withNetwork, withTunnel } from "../../vpnedu/widgets/static/growing.js";

const policy = (local, remote, tunnel) => ({ local, remote, action: "protect", tunnel });
const route = (prefix, via) => ({ prefix, via, preference: 1, metric: 0, origin: "static", blackhole: false });
const frozen = (value) => { Object.values(value).filter((part) => typeof part === "object" && part !== null).forEach(frozen); return Object.freeze(value); };

// Frozen all through: whatever changes a document in place fails.
const NETWORK = frozen({
  vpnedu: 1, kind: "network", title: "Two sites", between: "internet", mtu: 1500, icmp: true,
  networks: [
    { name: "Office", kind: "site", prefixes: ["10.1.0.0/16"], hosts: [{ name: "Ana", address: "10.1.0.4" }], place: ["left", 0] },
    { name: "Mill", kind: "site", prefixes: ["10.2.0.0/16", "10.3.0.0/16"], hosts: [{ name: "Max", address: "10.2.0.7" }], place: ["right", 0] },
  ],
  gateways: [
    { name: "west", address: "198.51.100.1", inside: "Office", kind: "policy-based", policies: [policy("10.1.0.0/16", "10.2.0.0/16", "tube"), { ...policy("10.1.0.0/16", "0.0.0.0/0", null), action: "bypass" }], routes: [route("10.1.0.0/16", "Office"), route("0.0.0.0/0", "internet")] },
    { name: "east.1", address: "203.0.113.5", inside: "Mill", kind: "route-based", routes: [route("10.2.0.0/16", "Mill"), route("10.1.0.0/16", "tube")] },
  ],
  tunnels: [{ name: "tube", ends: ["west", "east.1"], offers: { "east.1": [["10.2.0.0/16", "10.1.0.0/16"]] }, keys: { west: "other" } }],
});

const strings = (value) => (typeof value === "string" ? [value] : Object.entries(value ?? {}).flatMap(([key, part]) => [key, ...strings(part)]));
const dangling = ({ networks, gateways, tunnels }) => [
  ...gateways.map(({ inside }) => inside).filter((name) => !networks.some((one) => one.name === name)),
  ...tunnels.flatMap(({ ends, offers = {}, keys = {} }) => [...ends, ...Object.keys(offers), ...Object.keys(keys)]).filter((name) => !gateways.some((one) => one.name === name)),
  ...gateways.flatMap(({ inside, routes, policies = [] }) => [...routes.map(({ via }) => via), ...policies.map(({ tunnel }) => tunnel)].filter((name) => name !== null && name !== inside && name !== "internet" && !tunnels.some((one) => one.name === name))),
];

test("a row moves up and down, and the others keep their order", () => {
  assert.deepEqual(moved(["a", "b", "c", "d"], 2, 0), ["c", "a", "b", "d"]);
  assert.deepEqual(moved(["a", "b", "c", "d"], 0, 2), ["b", "c", "a", "d"]);
  for (let from = 0; from < 4; from += 1) for (let to = 0; to < 4; to += 1) {
    const rows = moved([0, 1, 2, 3], from, to);
    assert.equal(rows[to], from);
    assert.deepEqual(rows.filter((row) => row !== from), [0, 1, 2, 3].filter((row) => row !== from));
  }
});

test("a thing with a new name is called so everywhere, and by its old one nowhere", () => {
  for (const [kind, from] of [["networks", "Office"], ["networks", "Mill"], ["gateways", "west"], ["gateways", "east.1"], ["tunnels", "tube"]]) {
    const now = renamed(NETWORK, kind, from, "new name");
    assert.ok(!strings(now).includes(from), `${from} is still there`);
    assert.deepEqual(dangling(now), []);
    assert.deepEqual(renamed(now, kind, "new name", from), { ...NETWORK, gateways: now.gateways && renamed(now, kind, "new name", from).gateways });
    assert.equal(strings(now).filter((text) => text === "new name").length, strings(NETWORK).filter((text) => text === from).length);
  }
});

test("a tunnel and a network of one name are not taken for each other", () => {
  const doubled = renamed(NETWORK, "tunnels", "tube", "Mill");
  const now = renamed(doubled, "gateways", "west", "gate");
  assert.deepEqual(now.gateways[0].routes.map(({ via }) => via), ["Office", "internet"]);
  assert.equal(now.gateways[0].policies[0].tunnel, "Mill");
});

test("what is taken out takes along what cannot be without it", () => {
  const alone = without(NETWORK, "networks", "Office");
  assert.deepEqual(alone.gateways.map(({ name }) => name), ["east.1"]);
  assert.deepEqual(alone.tunnels, []);
  assert.deepEqual(alone.gateways[0].routes, [route("10.2.0.0/16", "Mill")]);
  assert.deepEqual(without(NETWORK, "gateways", "west").networks, NETWORK.networks);
  assert.equal(without(NETWORK, "tunnels", "tube").gateways[0].policies.length, 1);
  for (const [kind, name] of [["networks", "Mill"], ["gateways", "east.1"], ["tunnels", "tube"]]) assert.deepEqual(dangling(without(NETWORK, kind, name)), []);
});

test("what is added has a free name, free addresses, and rows that lead to it", () => {
  const empty = { ...NETWORK, networks: [], gateways: [], tunnels: [] };
  let grown = ["site", "site", "virtual network", "user", "server"].reduce(withNetwork, empty);
  assert.deepEqual(grown.networks.map(({ name }) => name), ["site 1", "site 2", "network 1", "user 1", "server 1"]);
  assert.equal(grown.gateways.length, 4);
  assert.equal(new Set(grown.networks.flatMap(({ prefixes }) => prefixes)).size, 5);
  assert.equal(new Set(grown.gateways.map(({ address }) => address)).size, 4);
  assert.equal(new Set(grown.networks.map(({ place }) => place.join())).size, 5);
  assert.equal(new Set(namesIn(grown)).size, namesIn(grown).length);
  grown = withTunnel(grown, unjoined(grown));
  assert.deepEqual(grown.tunnels[0].ends, ["gateway 1", "gateway 2"]);
  assert.deepEqual(grown.gateways[0].routes.at(-1), route(grown.networks[1].prefixes[0], "tunnel 1"));
  assert.deepEqual(unjoined(grown), ["gateway 1", "gateway 3"]);
  assert.deepEqual(dangling(grown), []);
  assert.equal(unjoined(empty), undefined);
});

test("a tunnel to a policy-based gateway gives it a policy for each pair of prefixes", () => {
  const now = withTunnel(NETWORK, ["west", "east.1"]);
  assert.deepEqual(now.gateways[0].policies.slice(2).map(({ local, remote, tunnel }) => [local, remote, tunnel]), [["10.1.0.0/16", "10.2.0.0/16", "tunnel 1"], ["10.1.0.0/16", "10.3.0.0/16", "tunnel 1"]]);
  assert.equal(now.gateways[0].routes.length, 2);
});

test("a gateway of the other kind begins with what its old table says, once", () => {
  const [west, east] = NETWORK.gateways;
  const routed = turned(NETWORK, west, "route-based");
  assert.deepEqual(routed.routes.slice(2), [route("10.2.0.0/16", "tube")]);
  const ruled = turned(NETWORK, east, "policy-based");
  assert.deepEqual(ruled.policies.map(({ local, remote }) => [local, remote]), [["10.2.0.0/16", "10.1.0.0/16"], ["10.3.0.0/16", "10.1.0.0/16"]]);
  assert.deepEqual(turned(NETWORK, ruled, "policy-based"), ruled);
  assert.deepEqual(turned(NETWORK, routed, "route-based"), routed);
});

test("a name is free when nothing has it, whichever numbers are missing", () => {
  assert.equal(freeName(["site 1", "site 3"], "site"), "site 2");
  assert.equal(freeName([], "site"), "site 1");
  assert.equal(freeName(["Site 1"], "site"), "site 2");
});

test("a number is one, and what is none stays as it was typed", () => {
  for (const [typed, read] of [["1500", 1500], [" 7 ", 7], ["007", 7], ["1e3", "1e3"], ["-1", "-1"], ["0.5", "0.5"], ["", ""], ["99999999999", "99999999999"]]) assert.equal(numberOf(typed), read, typed);
  assert.equal(numberOf("0.5", true), 0.5);
});

test("a list is read as it is shown", () => {
  assert.deepEqual(listed(joined(["10.1.0.0/16", "10.3.0.0/16"])), ["10.1.0.0/16", "10.3.0.0/16"]);
  assert.deepEqual(listed(" a ,, b,"), ["a", "b"]);
  assert.equal(joined(undefined), "");
});

test("a key that gets a value keeps its place, and without one it is gone", () => {
  assert.equal(JSON.stringify(withValue({ a: 1, b: 2 }, "a", 3)), '{"a":3,"b":2}');
  assert.deepEqual(withValue({ a: 1, b: 2 }, "a", undefined), { b: 2 });
});

test("the field of an error tells whose document it is in", () => {
  assert.deepEqual(inDocument("document.gateways.0.routes.3.prefix"), { place: 0, path: "gateways.0.routes.3.prefix" });
  assert.deepEqual(inDocument("documents.1.title"), { place: 1, path: "title" });
  for (const field of ["port", "document", null, undefined, "documents", "documentary.x"]) assert.equal(inDocument(field), undefined);
});

test("a document whose shape no table can show is refused, and one that only says nonsense is shown", () => {
  assert.equal(shapely(NETWORK, "network"), NETWORK);
  const broken = [
    null, [], "network", { kind: "design" }, { ...NETWORK, gateways: {} }, { ...NETWORK, tunnels: [7] }, { ...NETWORK, networks: undefined },
    { ...NETWORK, networks: Array.from({ length: MOST.networks + 1 }, () => NETWORK.networks[0]) }, { ...NETWORK, tunnels: [{ name: "x" }] },
    { ...NETWORK, tunnels: [{ name: "x", ends: ["west"] }] }, { ...NETWORK, networks: [{ name: {}, prefixes: [] }] }, { ...NETWORK, networks: [{ name: "a", prefixes: "10.0.0.0/8" }] },
    { ...NETWORK, gateways: [{ name: "x", routes: Array.from({ length: MOST.routes + 1 }, () => ({})) }] }, { ...NETWORK, gateways: [{ name: "x", policies: [null] }] },
    { ...NETWORK, tunnels: [{ name: "x", ends: ["a", "b"], offers: { a: 7 } }] }, { ...NETWORK, tunnels: [{ name: "x", ends: ["a", "b"], keys: { a: {} } }] },
  ];
  broken.forEach((document) => assert.throws(() => shapely(document, "network"), Error, JSON.stringify(document)?.slice(0, 80)));
  const nonsense = { ...NETWORK, mtu: "<img src=x onerror=alert(1)>", gateways: [{ name: "‮x", kind: "neither", routes: [{ prefix: {} }] }] };
  assert.equal(shapely(nonsense, "network"), nonsense);
});

test("of a request only a packet's fields are taken, each of its own kind", () => {
  assert.deepEqual(packetIn({ source: "Ana", port: 80, destination: "x".repeat(101), protocol: "tcp", evil: "x", length: null }), { source: "Ana", protocol: "tcp" });
  assert.deepEqual(packetIn({ sender: "Mal", answered: "yes", fragment: true, source_port: { x: 1 } }), { sender: "Mal", fragment: true });
});

test("a request brings one document, two or none", () => {
  assert.deepEqual(documentsIn({ document: NETWORK }), [NETWORK]);
  assert.deepEqual(documentsIn({ documents: [NETWORK, NETWORK] }), [NETWORK, NETWORK]);
  assert.equal(documentsIn({ scenarios: ["x"] }), null);
  assert.equal(documentsIn({ documents: "evil" }), null);
});
