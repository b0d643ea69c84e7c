// What becomes of a flow's packets: pieces of time, outages, and counts by arithmetic. Pure functions.

import { lasting, seconds } from "./time.js";

// The pieces of one flow: packets that leave from `from` to `to` share a path and a fate.
export const piecesOf = (trace, flow) => {
  const told = trace.events.filter((event) => event.event === "carried" && event.flow === flow.name);
  return told.map((event, index) => ({ ...event, from: event.since, to: Math.min(trace.until, ...told.slice(index + 1).map((later) => later.since)) })).filter((piece) => piece.to > piece.from);
};

// The bands of a flow's lane: neighbouring pieces with the same fate are one.
export const bandsOf = (trace, flow) => piecesOf(trace, flow).reduce((bands, piece) => {
  const lost = piece.lost_at !== null;
  const last = bands.at(-1);
  if (last?.lost === lost) last.to = piece.to;
  else bands.push({ lost, from: piece.from, to: piece.to });
  return bands;
}, []);

// How many packets of `flow` leave before `time` (with `including`, at it, too).
const leftBefore = (flow, time, including = false) => {
  const steps = (time - flow.starts) / flow.interval;
  const near = Math.round(steps);
  // Times are written to the microsecond.
  const exact = Math.abs(steps - near) * flow.interval < 1e-6;
  return Math.max(exact ? near + (including ? 1 : 0) : Math.ceil(steps), 0);
};

const countOf = (trace, flow, time) => {
  const sent = Math.min(leftBefore(flow, time, true), leftBefore(flow, trace.until));
  const pieces = piecesOf(trace, flow);
  let [delivered, lost] = [0, 0];
  for (const piece of pieces) {
    const known = Math.min(leftBefore(flow, piece.to), leftBefore(flow, time - piece.delay, true), sent);
    const count = Math.max(known - leftBefore(flow, piece.from), 0);
    if (piece.lost_at === null) delivered += count;
    else lost += count;
  }
  for (const event of trace.events) {
    if (event.event !== "missed" || event.flow !== flow.name || event.at > time) continue;
    const left = flow.starts + event.packet * flow.interval;
    const piece = pieces.find((each) => left >= each.from - 1e-6 && left < each.to - 1e-6);
    if (!piece || piece.lost_at !== null) continue;
    lost += 1;
    if (left + piece.delay <= time + 1e-9) delivered -= 1;
  }
  return { sent, delivered, lost };
};

// Packets of all flows together at `time`.
export const countsAt = (trace, time) => {
  const sums = { sent: 0, delivered: 0, lost: 0 };
  for (const flow of trace.flows) {
    const count = countOf(trace, flow, time);
    for (const name of Object.keys(sums)) sums[name] += count[name];
  }
  return { ...sums, flying: sums.sent - sums.delivered - sums.lost };
};

// The outages that last at `time`, and how long the longest of them has lasted.
export const outAt = (trace, time) => {
  const now = trace.outages.filter((outage) => outage.start <= time && (outage.end ?? Infinity) > time);
  return { flows: now.map((outage) => outage.flow), seconds: Math.max(0, ...now.map((outage) => time - outage.start)) };
};

// The outage clock in words: of the outage that lasts, or else of the longest that is over.
export const outWords = (trace, time) => {
  const now = outAt(trace, time);
  if (now.flows.length) return { now: true, words: "out for", seconds: seconds(now.seconds) };
  const over = trace.outages.filter((outage) => (outage.end ?? trace.until) <= time).map((outage) => outage.seconds);
  if (over.length) return { now: false, words: "was out for", seconds: lasting(Math.max(...over)) };
  return { now: false, words: time < trace.until ? "not out" : "never out", seconds: "" };
};

// The way that a flow's packets take at `time`: the last that was told, null before the first.
export const wayAt = (trace, flow, time) => trace.events.findLast((event) => event.event === "carried" && event.flow === flow.name && event.at <= time) ?? null;

// A flow's conversation and direction: flows with the same two ends in either order belong together.
export const directionsOf = (trace) => {
  const seen = new Map();
  return trace.flows.map((flow) => {
    // "office → network 2" is the second conversation, unless the network itself is called so.
    const number = flow.name.replace(`${flow.source} → ${flow.target}`, "");
    const key = [[flow.source, flow.target].sort().join("|"), number].join("|");
    const first = !seen.has(key);
    if (first) seen.set(key, seen.size);
    return { conversation: seen.get(key), back: !first };
  });
};
