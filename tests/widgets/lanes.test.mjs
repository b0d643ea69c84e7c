import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { along, route } from "../../vpnedu/widgets/static/design.js";
import { bandsOf, countsAt, directionsOf, outAt, outWords, piecesOf, wayAt } from "../../vpnedu/widgets/static/flows.js";
import { brackets, fitting, formsOf, lostForms, marksOf, measures, splitForms, splitOf, ticks, timeOf, wrapped, xOf } from "../../vpnedu/widgets/static/measures.js";
import { figureOf } from "../../vpnedu/widgets/static/matrix.js";
import { unpack } from "../../vpnedu/widgets/static/packing.js";
import { inWords, isTold, laneName, lanesOf, segmentsOf, stateAt, statesAt } from "../../vpnedu/widgets/static/states.js";
import { linesOf } from "../../vpnedu/widgets/static/transcript.js";

const recorded = (name) => JSON.parse(readFileSync(new URL(`./data/${name}.json`, import.meta.url)));
const standby = recorded("active-standby-crash");
const active = recorded("active-active-crash");
const lane = (trace, thing, aspect = "state") => trace.lanes.find((each) => each.thing === thing && each.aspect === aspect);

test("the segments of a lane fill the run from its start to its end", () => {
  for (const each of standby.lanes) {
    const parts = segmentsOf(standby, each);
    assert.equal(parts[0].from, 0);
    assert.equal(parts.at(-1).to, standby.until);
    parts.slice(1).forEach((part, index) => assert.equal(part.from, parts[index].to));
  }
});

test("a standby waits, starts and serves, in this order", () => {
  const parts = segmentsOf(standby, lane(standby, "instance 2"));
  assert.deepEqual(parts.map((part) => [part.state, part.tone]), [["standby", "idle"], ["starting", "waiting"], ["active", "good"]]);
});

test("a state holds from the second of its change", () => {
  const parts = segmentsOf(standby, lane(standby, "instance 1"));
  assert.equal(stateAt(parts, 29.999).state, "active");
  assert.equal(stateAt(parts, 30).state, "crashed");
});

test("a tunnel is as well as its worse end", () => {
  assert.equal(statesAt(lanesOf(active), 40).get("tunnel 1").tone, "bad");
  assert.equal(statesAt(lanesOf(active), 40).get("tunnel 2").tone, "good");
});

test("a lane is named for its thing, and for whose view it is", () => {
  assert.equal(laneName({ thing: "instance 1", aspect: "state" }), "instance 1");
  assert.equal(laneName({ thing: "tunnel 1", aspect: "at device 1" }), "tunnel 1 at device 1");
  assert.equal(laneName({ thing: "office", aspect: "route" }), "office’s route");
});

test("who does not see the lanes is told every present state", () => {
  const words = inWords(standby, lanesOf(standby), 40);
  assert.match(words, /instance 1: crashed; instance 2: standby/);
});

test("the lost bands of every flow are its outages", () => {
  for (const trace of [standby, active]) {
    for (const flow of trace.flows) {
      const lost = bandsOf(trace, flow).filter((band) => band.lost).map((band) => [band.from, band.to]);
      assert.deepEqual(lost, trace.outages.filter((outage) => outage.flow === flow.name).map((outage) => [outage.start, outage.end]));
    }
  }
});

test("at the end as many packets are lost as the outages count, and none is on its way", () => {
  for (const trace of [standby, active]) {
    const counts = countsAt(trace, trace.until + 1);
    assert.equal(counts.lost, trace.outages.reduce((sum, outage) => sum + outage.lost, 0));
    assert.equal(counts.flying, 0);
    assert.equal(counts.sent, trace.flows.length * 1200);
  }
});

test("at every time each packet is delivered, lost or on its way", () => {
  let before = { sent: 0, delivered: 0, lost: 0 };
  for (let time = 0; time <= active.until; time += 0.37) {
    const now = countsAt(active, time);
    assert.equal(now.sent, now.delivered + now.lost + now.flying);
    for (const name of Object.keys(now)) assert.ok(now[name] >= 0, `${name} at ${time}`);
    for (const name of ["sent", "delivered", "lost"]) assert.ok(now[name] >= before[name], `${name} at ${time}`);
    before = now;
  }
});

const steady = (events) => ({ until: 10, flows: [{ name: "f", source: "a", target: "b", interval: 1, starts: 0 }], events, outages: [] });
const carried = (at, since, lost, delay = 0.5) => ({ event: "carried", at, since, flow: "f", path: ["a", "b"], delay, lost_at: lost, cause: lost && "gone", reason: "" });

test("a packet is on its way until its delay has passed", () => {
  const trace = steady([carried(0, 0, null)]);
  assert.deepEqual(countsAt(trace, 0), { sent: 1, delivered: 0, lost: 0, flying: 1 });
  assert.deepEqual(countsAt(trace, 0.5), { sent: 1, delivered: 1, lost: 0, flying: 0 });
  assert.deepEqual(countsAt(trace, 10), { sent: 10, delivered: 10, lost: 0, flying: 0 });
});

test("a packet that leaves in the very moment of the change has the new fate", () => {
  const trace = steady([carried(0, 0, null), carried(3, 3, "b")]);
  assert.deepEqual(countsAt(trace, 20), { sent: 10, delivered: 3, lost: 7, flying: 0 });
});

test("a packet lost by chance is lost once, and not delivered", () => {
  const missed = { event: "missed", at: 2.2, flow: "f", packet: 2, where: "p", reason: "" };
  const trace = steady([carried(0, 0, null), missed]);
  assert.deepEqual(countsAt(trace, 2.3), { sent: 3, delivered: 2, lost: 1, flying: 0 });
  assert.deepEqual(countsAt(trace, 20), { sent: 10, delivered: 9, lost: 1, flying: 0 });
});

test("a piece that is overtaken by the next has no packets", () => {
  const trace = steady([carried(0, 0, null), carried(3, 3, "b"), carried(3, 2, null)]);
  assert.deepEqual(piecesOf(trace, trace.flows[0]).map((piece) => [piece.from, piece.to]), [[0, 2], [2, 10]]);
});

test("the outage clock runs while packets are lost, and stops", () => {
  const outage = standby.outages[0];
  assert.equal(outAt(standby, outage.start - 1).flows.length, 0);
  assert.ok(Math.abs(outAt(standby, outage.start + 5).seconds - 5) < 0.1);
  assert.deepEqual(outAt(standby, standby.until), { flows: [], seconds: 0 });
});

test("the way of a flow is the last that was told", () => {
  assert.deepEqual(wayAt(standby, standby.flows[0], 0).path.at(-1), "network");
  assert.equal(wayAt(standby, standby.flows[0], 30).lost_at, "instance 1");
});

test("two flows with the same ends are two directions of one conversation", () => {
  assert.deepEqual(directionsOf(active), [0, 0, 1, 1].map((conversation, index) => ({ conversation, back: index % 2 === 1 })));
});

test("time and place on the axis lead to each other, at every width", () => {
  for (const width of [296, 400, 760]) {
    const m = measures(width);
    for (const time of [0, 57.4, 300]) assert.ok(Math.abs(timeOf(m, 300)(xOf(m, 300)(time)) - time) < 1e-9);
    assert.ok(m.left >= 0 && m.right < width);
  }
});

test("the axis has round times with room between them, first and last among them", () => {
  assert.deepEqual(ticks(300, 600), [0, 60, 120, 180, 240, 300]);
  assert.deepEqual(ticks(300, 300), [0, 120, 240]);
  assert.equal(ticks(1, 700).at(-1), 1);
});

test("the parts of an outage add up to it", () => {
  for (const outage of [...standby.outages, ...active.outages]) {
    const sum = splitOf(outage).reduce((total, part) => total + part.seconds, 0);
    assert.ok(Math.abs(sum - outage.seconds) < 1e-6);
  }
});

test("an outage that never ends has nothing to redirect", () => {
  const outage = { start: 30, end: null, seconds: 90, detect: 24.2, decide: 65.8, redirect: 0 };
  assert.deepEqual(splitForms(outage)[0], "detect 24.2 s, then nothing to turn to");
  assert.deepEqual(splitOf({ ...outage, detect: 90, decide: 0 }).map((part) => part.words), ["nobody found out"]);
  for (const each of [outage, { ...outage, detect: 90 }]) assert.ok(Math.abs(splitOf(each).reduce((sum, part) => sum + part.seconds, 0) - 90) < 1e-6);
});

test("on a narrow page the unit of the parts is told once", () => {
  assert.equal(splitForms({ end: 9, detect: 1, decide: 2, redirect: 3 }).at(-1), "detect 1.0 · decide 2.0 · redirect 3.0 s");
});

test("a state is told in fewer words where there is little room, a bad one by a cross at last", () => {
  assert.deepEqual(formsOf({ state: "dead, not known yet", tone: "bad" }), ["✕ dead, not known yet", "✕ dead, unknown", "✕"]);
  assert.deepEqual(formsOf({ state: "via tunnel 1, tunnel 2", tone: "good" }), ["via tunnel 1, tunnel 2", "via tunnel 1, …"]);
  assert.deepEqual(formsOf({ state: "active", tone: "good" }), ["active"]);
  assert.deepEqual(lostForms(2.9), ["✕ lost for 2.9 s", "✕ 2.9 s", "2.9 s"]);
});

test("the longest form that has room is taken", () => {
  assert.equal(fitting(["longest", "long", "l"], 30, 10), "long");
  assert.equal(fitting(["longest"], 3, 10), null);
});

test("words are wrapped at spaces, and none is lost", () => {
  const lines = wrapped("the session in tunnel 1 gets other timers", 100, 10);
  assert.ok(lines.length > 1 && lines.every((line) => line.length * 6 <= 100));
  assert.equal(lines.join(" "), "the session in tunnel 1 gets other timers");
});

test("a fault's end is told in its own words, and no two lie on each other", () => {
  const fault = (at, until) => ({ at, until, target: "gateway", words: "gateway announces a longer prefix", over: "gateway takes the longer prefix back" });
  for (const width of [296, 500, 760]) {
    const m = measures(width);
    const { marks, rows } = marksOf({ faults: [fault(30, 35), fault(31, null)] }, xOf(m, 200), m);
    assert.deepEqual(marks.map((mark) => mark.lines.join(" ")[0]), ["✕", "✕", "✓"]);
    assert.ok(marks.some((mark) => mark.lines.join(" ") === "✓ gateway takes the longer prefix back"));
    const used = marks.flatMap((mark) => mark.lines.map((_, line) => mark.row + line));
    assert.equal(Math.max(...used) + 1, rows);
    if (width === 296) assert.equal(new Set(used).size, used.length);
  }
});

test("sessions and routes are told unasked only where they change and no tunnel does", () => {
  const each = (kind, ...states) => ({ lane: { kind }, segments: states });
  const [still, up, cut] = [each("session", 1), each("tunnel", 1), each("tunnel", 1, 2)];
  const flaps = each("session", 1, 2, 3);
  assert.ok(isTold(flaps, [flaps, still, up]));
  assert.ok(!isTold(still, [flaps, still, up]));
  assert.ok(!isTold(flaps, [flaps, still, cut]));
  assert.ok(isTold(up, [flaps, still, up]));
});

test("the outage clock says what lasts, what has been, or that nothing was", () => {
  const { start, end, seconds } = standby.outages[0];
  assert.equal(outWords(standby, start - 1).words, "not out");
  assert.deepEqual([outWords(standby, start + 5).now, outWords(standby, start + 5).words], [true, "out for"]);
  assert.deepEqual(outWords(standby, end + 60), { now: false, words: "was out for", seconds: `${seconds.toFixed(1)} s` });
  assert.deepEqual(outWords({ until: 9, outages: [] }, 9), { now: false, words: "never out", seconds: "" });
});

test("parts are named under their brackets only where each has room", () => {
  const outage = { start: 30, detect: 60, decide: 60, redirect: 60 };
  assert.equal(brackets(outage, (time) => time * 3, 12).roomy, true);
  assert.equal(brackets(outage, (time) => time / 2, 12).roomy, false);
  assert.equal(brackets({ ...outage, redirect: 0 }, (time) => time * 3, 12).roomy, false);
});

// A drawn plan in short: a device, a provider at 20 to 30, an instance at 100.
const line = (...xs) => xs.map((x) => [x, 0]);
const plan = {
  ways: new Map([["office|device", line(0, 10)], ["gateway|one", line(100, 110)], ["one|network", line(130, 140)]]),
  tubes: new Map([["tunnel", line(12, 14, 18, 20, 22, 28, 30, 50, 80, 100)], ["circuit", line(12, 40, 70, 100)]]),
};
const tunnels = [{ name: "tunnel", ends: ["device", "gateway"] }, { name: "circuit", ends: ["router", "location"] }];
const ends = (path, lost = null) => {
  const pieces = route({ path, lost_at: lost }, plan, tunnels, (name) => name === "provider");
  return pieces.length ? [pieces[0].points[0][0], pieces.at(-1).points.at(-1)[0]] : [];
};

test("a flow's way runs from its source's edge to its target's, in either direction", () => {
  assert.deepEqual(ends(["office", "device", "tunnel", "one", "network"]), [0, 140]);
  assert.deepEqual(ends(["network", "one", "tunnel", "device", "office"]), [140, 0]);
});

test("a way ends where packets are lost: at a provider's near edge, at an instance, in a tunnel", () => {
  assert.deepEqual(ends(["office", "device", "tunnel"], "provider"), [0, 20]);
  assert.deepEqual(ends(["network", "one", "tunnel"], "provider"), [140, 30]);
  assert.deepEqual(ends(["office", "device", "tunnel"], "one"), [0, 110]);
  assert.deepEqual(ends(["office", "device", "tunnel"], "gateway"), [0, 100]);
  const [, cut] = ends(["office", "device", "tunnel"], "tunnel");
  assert.ok(cut > 30 && cut < 100);
  assert.deepEqual(ends(["office"], "office"), []);
});

test("half a curve ends in its middle, from either side", () => {
  const curve = line(12, 40, 70, 100);
  assert.deepEqual(along(curve, true, "within").at(-1), along(curve, false, "within").at(-1));
});

test("packets lost by chance one after the other are one line of the transcript", () => {
  const missed = (at) => ({ event: "missed", at, reason: "one is lost" });
  const lines = linesOf({ until: 9, events: [missed(1), missed(2), { event: "changed", at: 3, reason: "so" }, missed(4)] });
  assert.deepEqual(lines.map((each) => each.words), ["1.000 s to 2.000 s: 2 packets are lost by chance.", "3.000 s: so", "4.000 s: one is lost"]);
});

test("what was packed comes out as it was", () => {
  const tables = { leaves: ["x", 1.5, null], shapes: [["a", "b"]] };
  assert.deepEqual(unpack(tables, [0, [-1, 0, 1], 2]), { a: ["x", 1.5], b: null });
});

test("a cell of the matrix opens as a figure of its one run", () => {
  const data = { id: "m", designs: ["one", "two"], faults: ["f"], scenes: ["s1", "s2"], tables: { leaves: [7], shapes: [["until"]] }, matrix: [[null, [0, 0]]], forms: [[0, 0], [0, 0]], cases: [["f@30"]], seeds: [[null, 3]] };
  const figure = figureOf(data, 0, 1);
  assert.equal(figure.id, "m-1-2");
  assert.deepEqual(figure.scenes, ["s2"]);
  assert.deepEqual(figure.form, { until: 7, cases: [["f@30"]], seed: 3 });
  assert.deepEqual(figure.presets[0].runs, [{ name: "two", scene: 0, trace: { until: 7 } }]);
});

test("a network that has a number in its name begins no conversation of its own", () => {
  const flows = [["office", "network 1"], ["network 1", "office"]].map(([source, target]) => ({ name: `${source} → ${target}`, source, target }));
  assert.deepEqual(directionsOf({ flows }), [{ conversation: 0, back: false }, { conversation: 0, back: true }]);
});
