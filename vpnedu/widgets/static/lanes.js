// The lanes view: states over time, a lane each, with outages marked. What is still to come is not
// drawn: the run unfolds under the playhead.

import { bandsOf } from "./flows.js";
import { svg } from "./kit.js";
import { inWords, lanesOf, laneName, stateAt } from "./states.js";
import { lasting, seconds } from "./time.js";

// --- Measures: pure functions

// Where everything stands at a width in pixels. On a narrow page a lane's name stands above it.
export const measures = (width) => {
  const narrow = width < 560;
  return narrow
    ? { narrow, left: 12, right: width - 14, bar: 15, step: 34, name: 12, text: 11.5 }
    : { narrow, left: 186, right: width - 22, bar: 18, step: 26, name: 12.5, text: 12 };
};

export const xOf = ({ left, right }, until) => (time) => left + ((right - left) * Math.min(Math.max(time, 0), until)) / until;
export const timeOf = ({ left, right }, until) => (x) => (Math.min(Math.max((x - left) / (right - left), 0), 1)) * until;

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 43200, 86400];

// Times for the axis: round ones, as many as there is room for.
export const ticks = (until, room) => {
  const step = STEPS.find((each) => (until / each + 1) * 60 <= room) ?? until;
  return Array.from({ length: Math.floor(until / step + 1e-9) + 1 }, (_, index) => Number((index * step).toFixed(6)));
};

// Roughly how wide words are; a little too wide rather than too narrow.
export const wide = (words, size) => words.length * size * 0.54;

// The parts of an outage in words.
export const splitOf = (outage) => ["detect", "decide", "redirect"].map((part) => ({ part, seconds: outage[part], words: `${part} ${seconds(outage[part])}` }));

// The splits of an outage as brackets, and whether each has room for its words.
export const brackets = (outage, x, size) => {
  let at = outage.start;
  const parts = splitOf(outage).map((each) => {
    const [from, to] = [x(at), x(at + each.seconds)];
    at += each.seconds;
    return { ...each, from, to };
  });
  return { parts, roomy: parts.every((part) => part.to - part.from >= wide(part.words, size) + 6) };
};

// --- Drawing

let drawn = 0;

const word = (x, y, words, attributes = {}) => svg("text", { x: x.toFixed(1), y: y.toFixed(1), ...attributes }, words);
const bar = (from, to, y, height, kind) => svg("rect", { x: from.toFixed(1), y, width: Math.max(to - from, 1.5).toFixed(1), height, rx: 4, class: kind });

const sign = ({ state, tone }) => (tone === "bad" ? `✕ ${state}` : state);

// One stretch of a lane, as far as it has come.
const stretch = (part, x, now, y, m, last) => {
  const [from, to] = [x(part.from), x(Math.min(part.to, now))];
  const words = sign(part);
  const room = wide(words, m.text) + 12;
  const shapes = [part.tone === "bad" ? svg("path", { class: "bad", d: `M${from.toFixed(1)} ${y + m.bar / 2}H${Math.max(to, from + 2).toFixed(1)}` }) : bar(from, to - (part.to <= now ? 1 : 0), y, m.bar, part.tone)];
  shapes[0].append(svg("title", {}, words));
  const base = y + m.bar / 2 + m.text * 0.36;
  const fits = to - from >= room;
  // On a narrow page the present state stands beside the name, and needs no room here.
  const beside = last && !fits && !m.narrow && to + room < m.right;
  if (fits || beside) {
    const at = fits ? from + 6 : to + 6;
    const ground = part.tone === "bad" || beside ? svg("rect", { class: "ground", x: at - 3, y, width: room - 6, height: m.bar }) : null;
    shapes.push(...[ground, word(at, base, words, { class: `${part.tone}${beside ? " beside" : ""}` })].filter(Boolean));
  }
  return shapes;
};

const labelRoom = (lost, m) => wide(`✕ lost for ${lasting(lost)}`, m.text) + 22;

// One flow: delivered as a bar, lost as a hatched band with its length in it.
const flowBands = (trace, flow, x, now, y, m, hatch) => bandsOf(trace, flow).filter((band) => band.from <= now).flatMap((band) => {
  const [from, to] = [x(band.from), x(Math.min(band.to, now))];
  if (!band.lost) return [bar(from, to, y, m.bar, "good")];
  const outage = trace.outages.find((each) => each.flow === flow.name && Math.abs(each.start - band.from) < 1e-3);
  const passed = Math.min(band.to, now) - band.from;
  const words = `✕ lost for ${lasting(passed)}${outage && outage.end === null && now >= trace.until ? ", to the end" : ""}`;
  const box = svg("rect", { class: "lost", x: from.toFixed(1), y: y - 2, width: Math.max(to - from, 2.5).toFixed(1), height: m.bar + 4, fill: `url(#${hatch})` });
  box.append(svg("title", {}, words));
  const room = wide(words, m.text) + 14;
  if (to - from < room + 8) return [box];
  const middle = (from + to) / 2;
  return [box, svg("rect", { class: "label", x: (middle - room / 2).toFixed(1), y: y - 1, width: room.toFixed(1), height: m.bar + 2, rx: 4 }),
    word(middle, y + m.bar / 2 + m.text * 0.36, words, { class: "bad", "text-anchor": "middle" })];
});

// Under a flow: where the seconds of its longest outage went, once it is over.
const split = (outage, x, y, m) => {
  const { parts, roomy } = brackets(outage, x, m.text);
  const lines = parts.filter(({ from, to }) => to - from > 3).map(({ from, to }) => svg("path", { class: "bracket", d: `M${(from + 1).toFixed(1)} ${y}v4H${(to - 1).toFixed(1)}v-4` }));
  if (roomy) return [...lines, ...parts.map(({ from, to, words }) => word((from + to) / 2, y + 16, words, { class: "split", "text-anchor": "middle" }))];
  const listed = parts.map((part) => part.words).join(" · ");
  const all = `lost for ${lasting(outage.seconds)}: ${listed}`;
  // The length is said here only where the band above has no room for it.
  const words = x(outage.start + outage.seconds) - x(outage.start) < labelRoom(outage.seconds, m) && wide(all, m.text) <= m.right - m.left ? all : listed;
  const from = Math.max(Math.min(x(outage.start), m.right - wide(words, m.text)), m.left);
  return [...lines, word(from, y + 16, words, { class: "split" })];
};

const longest = (trace, flow, now) => trace.outages.filter((outage) => outage.flow === flow.name && (outage.end ?? trace.until) <= now)
  .reduce((most, outage) => (outage.seconds > (most?.seconds ?? 0) ? outage : most), null);

// Faults stand at the head, each at its time, from when they strike.
const faultMarks = (trace, x, now, top, foot, m) => {
  const [lines, words] = [[], []];
  trace.faults.forEach((fault, index) => {
    const y = 36 + 15 * index;
    const told = [[fault.at, `✕ ${fault.words}`, "bad"], [fault.until, `✓ ${fault.target} is mended`, "mended"]];
    let taken = 0;
    for (const [at, said, kind] of told.filter(([at]) => at !== null && at <= now)) {
      const here = x(at);
      const room = wide(said, m.text);
      lines.push(svg("path", { class: `fault ${kind}`, d: `M${here.toFixed(1)} ${top}V${foot}` }));
      const start = here + 5 + room <= m.right + 14 ? here + 5 : here - 5 - room;
      if (start >= taken && start >= 0) words.push(word(start, y, said, { class: kind }));
      taken = start + room + 8;
    }
  });
  return { lines, words };
};

const place = (trace, lanes, m) => {
  const head = 30 + 15 * trace.faults.length + 8;
  const rows = [];
  let y = head;
  for (const lane of lanes) { rows.push({ lane, y: y + (m.narrow ? 16 : 0) }); y += m.step; }
  y += 6;
  const roomy = trace.flows.length <= 4;
  for (const flow of trace.flows) {
    const told = roomy || trace.outages.some((outage) => outage.flow === flow.name);
    rows.push({ flow, y: y + (m.narrow ? 16 : 3) });
    y += m.step + (told ? 24 : 2);
  }
  return { rows, head, foot: y, height: y + 6 };
};

// More lanes than these, and those of sessions and routes wait for the reader to ask for them.
const MAIN = 9;
const isDetail = ({ lane }) => ["session", "route"].includes(lane.kind);

// The view. `scrub(time)` is called when the reader points at a time.
export const makeLanes = (trace, scrub) => {
  const lanes = lanesOf(trace);
  const details = lanes.filter(isDetail).length;
  let all = lanes.length + trace.flows.length <= MAIN || details === 0;
  const hatch = `hatch-${(drawn += 1)}`;
  const picture = svg("svg", { class: "lanes", role: "img" });
  const more = document.createElement("button");
  more.type = "button";
  more.hidden = all;
  const element = document.createElement("div");
  element.className = "lanes-view";
  element.append(picture, more);
  const label = () => { more.textContent = all ? "Fewer lanes" : `${details} more lanes: sessions and routes`; more.setAttribute("aria-pressed", String(all)); };
  label();
  more.addEventListener("click", () => { all = !all; label(); draw(); });
  let [now, width, spoken] = [0, 760, null];

  const present = (row, m, time) => {
    if (row.lane) return stateAt(row.lane.segments, time);
    const out = trace.outages.some((outage) => outage.flow === row.flow.name && outage.start <= time && (outage.end ?? Infinity) > time);
    if (out) return { state: "lost", tone: "bad" };
    const lost = trace.outages.filter((outage) => outage.flow === row.flow.name && (outage.end ?? Infinity) <= time).reduce((sum, outage) => sum + outage.seconds, 0);
    return { state: lost ? `was lost for ${lasting(lost)}` : "arriving", tone: "good" };
  };

  const draw = () => {
    const m = measures(width);
    const x = xOf(m, trace.until);
    const shown = all ? lanes : lanes.filter((each) => !isDetail(each));
    const { rows, foot, height } = place(trace, shown, m);
    const parts = [svg("defs", {}, svg("pattern", { id: hatch, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("rect", { class: "hatch-ground", width: 7, height: 7 }), svg("rect", { class: "hatch-line", width: 2, height: 7 })))];
    const marks = ticks(trace.until, m.right - m.left + 26);
    parts.push(svg("path", { class: "grid", d: marks.map((time) => `M${x(time).toFixed(1)} 22V${foot}`).join("") }));
    marks.forEach((time, index) => parts.push(word(x(time), 14, `${time.toLocaleString("en")}${index === marks.length - 1 || !m.narrow ? " s" : ""}`, { class: "axis", "text-anchor": index === 0 ? "start" : x(time) > m.right - 8 ? "end" : "middle" })));
    const struck = faultMarks(trace, x, now, 22, foot, m);
    parts.push(...struck.lines, svg("path", { class: "playhead", d: `M${x(now).toFixed(1)} 20V${foot}` }), ...struck.words);
    for (const row of rows) {
      const name = row.lane ? laneName(row.lane.lane) : row.flow.name;
      const y = row.y;
      parts.push(m.narrow ? word(m.left, y - 4, name, { class: "name" }) : word(14, y + m.bar / 2 + 4, name, { class: "name" }));
      if (m.narrow) {
        const state = present(row, m, now);
        // Where name and state have no room beside each other, the state's first word does.
        const whole = sign(state);
        const said = wide(name, m.name) + wide(whole, m.text) + 8 > m.right - m.left ? whole.split(",")[0] : whole;
        parts.push(word(m.right, y - 4, said, { class: `present ${state.tone}`, "text-anchor": "end" }));
      }
      if (row.lane) {
        const parted = row.lane.segments.filter((part) => part.from <= now);
        parted.forEach((part, index) => parts.push(...stretch(part, x, now, y, m, index === parted.length - 1)));
      } else {
        parts.push(...flowBands(trace, row.flow, x, now, y, m, hatch));
        parts.push(...missedMarks(trace, row.flow, x, now, y, m));
        const over = longest(trace, row.flow, now);
        if (over) parts.push(...split(over, x, y + m.bar + 5, m));
      }
    }
    parts.push(svg("circle", { class: "playhead", cx: x(now).toFixed(1), cy: 21, r: 4.5 }));
    picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    picture.setAttribute("width", width);
    picture.setAttribute("height", height);
    picture.replaceChildren(...parts);
    const words = `Lanes at ${seconds(now)} of ${seconds(trace.until, 0)}. ${inWords(trace, lanes, now)}`;
    if (words !== spoken) { spoken = words; picture.setAttribute("aria-label", words); }
  };

  const pointed = (event) => {
    const box = picture.getBoundingClientRect();
    scrub(timeOf(measures(width), trace.until)(((event.clientX - box.left) * width) / box.width));
  };
  picture.addEventListener("pointerdown", (event) => { if (event.button === 0) { picture.setPointerCapture(event.pointerId); pointed(event); } });
  picture.addEventListener("pointermove", (event) => { if (picture.hasPointerCapture(event.pointerId)) pointed(event); });
  new ResizeObserver(([{ contentRect }]) => {
    const next = Math.round(contentRect.width);
    if (next && next !== width) { width = next; draw(); }
  }).observe(element);
  draw();
  return { element, show: ({ time }) => { now = time; draw(); } };
};

const missedMarks = (trace, flow, x, now, y, m) => {
  const at = trace.events.filter((event) => event.event === "missed" && event.flow === flow.name && event.at <= now).map((event) => x(event.at).toFixed(0));
  return at.length ? [svg("path", { class: "missed", d: [...new Set(at)].map((here) => `M${here} ${y}v${m.bar}`).join("") })] : [];
};
