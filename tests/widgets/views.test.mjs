import assert from "node:assert/strict";
import test from "node:test";
import { along, look } from "../../vpnedu/widgets/static/scene.js";
import { lookupAt, rowStates } from "../../vpnedu/widgets/static/table.js";
import { asText, crossing } from "../../vpnedu/widgets/static/wire.js";

const flight = (source, target, link, datagram) => ({ event: "flight", source, target, link, datagram });
const events = [
  flight("Ana", "office gateway", "inside", 0),
  { event: "lookup", node: "office gateway", rows: [] },
  { event: "sealed", node: "office gateway", inner: 0, datagram: 1 },
  flight("office gateway", "branch gateway", "tunnel", 1),
  { event: "opened", node: "branch gateway", datagram: 1, inner: 0 },
  { event: "lookup", node: "branch gateway", rows: [] },
  { event: "dropped", node: "branch gateway", datagram: 0 },
];
const trace = { events, datagrams: [{ hex: "00" }, { hex: "11", inner: 0 }] };

test("a curve starts and ends at its ends", () => {
  const curve = [0, 0, 10, 0, 10, 20, 30, 20];
  assert.deepEqual(along(curve, 0), [0, 0]);
  assert.deepEqual(along(curve, 1), [30, 20]);
});

test("half way along a straight curve is its middle", () => {
  assert.deepEqual(along([0, 0, 10, 10, 20, 20, 30, 30], 0.5), [15, 15]);
});

test("before the start nothing is lit and no packet is to be seen", () => {
  assert.deepEqual(look(trace, -1, 1), { lit: [], tunnel: null, seen: false });
});

test("a packet on its way lights where it came from, then where it arrives", () => {
  assert.deepEqual(look(trace, 0, 0.3).lit, ["Ana"]);
  assert.deepEqual(look(trace, 0, 1).lit, ["office gateway"]);
});

test("the eavesdropper sees what crosses between gateways, and nothing inside a network", () => {
  assert.equal(look(trace, 0, 0.5).seen, false);
  assert.equal(look(trace, 3, 0.5).seen, true);
  assert.equal(look(trace, 3, 0.5).tunnel, "tunnel");
});

test("the packet is sealed from the sealing to the opening, and plain before and after", () => {
  const datagrams = events.map((_, index) => look(trace, index, 1).datagram);
  assert.deepEqual(datagrams, [0, 0, 1, 1, 0, 0, 0]);
});

test("the last event is the verdict", () => {
  assert.equal(look(trace, 6, 1).verdict, "dropped");
  assert.equal(look(trace, 5, 1).verdict, null);
});

const rows = ["lost", "lost", "won", "not asked"].map((state) => ({ state }));

test("rows light up in the order they are examined", () => {
  assert.deepEqual(rowStates(rows, 0), ["todo", "todo", "todo", "todo"]);
  assert.deepEqual(rowStates(rows, 0.4), ["lost", "todo", "todo", "todo"]);
  assert.deepEqual(rowStates(rows, 0.99), ["lost", "lost", "todo", "todo"]);
});

test("when the lookup is over every row says how it fared", () => {
  assert.deepEqual(rowStates(rows, 1), ["lost", "lost", "won", "not asked"]);
});

test("the first table is in view from the start, and each one until the next is asked", () => {
  assert.equal(lookupAt(events, -1), 1);
  assert.deepEqual(events.map((_, index) => lookupAt(events, index)), [1, 1, 1, 1, 1, 5, 5]);
  assert.equal(lookupAt([], -1), -1);
});

test("nothing has crossed before the first flight between gateways", () => {
  assert.equal(crossing(trace, 2), null);
  assert.equal(crossing(trace, 3), trace.datagrams[1]);
  assert.equal(crossing(trace, 6), trace.datagrams[1]);
});

test("bytes that are no letters are dots", () => {
  assert.equal(asText("48690a7fff21"), "Hi···!");
  assert.equal(asText(""), "");
});
