// The lanes view: states over time, a lane each, with outages marked. What is still to come is not
// drawn: the run unfolds under the playhead.

import { bandsOf } from "./flows.js";
import { svg } from "./kit.js";
import { brackets, fitting, formsOf, lostForms, marksOf, measures, splitForms, ticks, timeOf, wide, xOf } from "./measures.js";
import { inWords, isTold, lanesOf, laneName, stateAt } from "./states.js";
import { lasting, seconds } from "./time.js";

let drawn = 0;

const word = (x, y, words, attributes = {}) => svg("text", { x: x.toFixed(1), y: y.toFixed(1), ...attributes }, words);
const bar = (from, to, y, height, kind) => svg("rect", { x: from.toFixed(1), y, width: Math.max(to - from, 1.5).toFixed(1), height, rx: 4, class: kind });

const titled = (words, from, to, ...shapes) => svg("g", {}, svg("title", {}, `${words}, ${seconds(from)} to ${seconds(to)}`), ...shapes);

// Words in a bar, or in the middle of it; `size` and `bar` are as in `measures`.
const baseline = (y, m) => y + m.bar / 2 + m.text * 0.36;
const ground = (at, y, words, m) => svg("rect", { class: "ground", x: (at - 3).toFixed(1), y, width: (wide(words, m.text) + 6).toFixed(1), height: m.bar });

// One stretch of a lane, as far as it has come, with as much of its state's name as has room.
const stretch = (part, x, now, y, m, last) => {
  const bad = part.tone === "bad";
  const [from, to] = [x(part.from), x(Math.min(part.to, now))];
  const shape = bad
    ? svg("path", { class: "bad", d: `M${from.toFixed(1)} ${y + m.bar / 2}H${Math.max(to, from + 2).toFixed(1)}` })
    : bar(from, to - (part.to <= now ? 1 : 0), y, m.bar, part.tone);
  // What is dashed is hard to point at.
  const reach = bad ? svg("rect", { class: "reach", x: from.toFixed(1), y, width: Math.max(to - from, 2).toFixed(1), height: m.bar }) : null;
  const [whole, ...shorter] = formsOf(part);
  const room = to - from - 10;
  // On a narrow page the present state stands beside the name, and needs no room here.
  const beside = last && !m.narrow && wide(whole, m.text) > room && to + wide(whole, m.text) + 8 < m.right;
  const words = beside ? whole : fitting([whole, ...shorter], room, m.text) ?? (bad && to - from >= 8 ? "✕" : null);
  const at = beside ? to + 6 : words === "✕" ? (from + to - wide(words, m.text)) / 2 : from + 6;
  const said = words === null ? [] : [bad || beside ? ground(at, y, words, m) : null, word(at, baseline(y, m), words, { class: `${part.tone}${beside ? " beside" : ""}` })];
  return titled(whole, part.from, Math.min(part.to, now), shape, reach, ...said);
};

// How long the packets of a band were lost: in the band, or else in the bar that follows it or the one
// before it, or where that one is still to come. `end` is how far the words reach.
const lostWords = (length, [from, to], before, after, several, y, m) => {
  const inside = fitting(lostForms(length), to - from - 22, m.text);
  // Beside it, few words leave room for those of the next band.
  const forms = lostForms(length).slice(m.narrow || several ? 1 : 0);
  if (inside) {
    const room = wide(inside, m.text) + 14;
    const middle = (from + to) / 2;
    const label = svg("rect", { class: "label", x: (middle - room / 2).toFixed(1), y: y - 1, width: room.toFixed(1), height: m.bar + 2, rx: 4 });
    return { end: to, said: [label, word(middle, baseline(y, m), inside, { class: "bad", "text-anchor": "middle" })] };
  }
  const later = fitting(forms, after.to - to - 12, m.text);
  if (later) return { end: to + 6 + wide(later, m.text), said: [word(to + 6, baseline(y, m), later, { class: "good" })] };
  const next = after.last ? fitting(forms, m.right - after.to - 8, m.text) : null;
  if (next) return { end: to, said: [ground(after.to + 6, y, next, m), word(after.to + 6, baseline(y, m), next, { class: "bad" })] };
  const earlier = fitting(forms, from - before - 12, m.text);
  return { end: to, said: earlier ? [word(from - 6, baseline(y, m), earlier, { class: "good", "text-anchor": "end" })] : [] };
};

// One flow: delivered as a bar, lost as a hatched band, with its length.
const flowBands = (trace, flow, x, now, y, m, hatch) => {
  const bands = bandsOf(trace, flow).filter((band) => band.from <= now).map((band) => ({ ...band, to: Math.min(band.to, now) }));
  const drawn = bands.map(({ lost, from, to }) => (lost
    ? titled(`✕ lost for ${lasting(to - from)}`, from, to, svg("rect", { class: "lost", x: x(from).toFixed(1), y: y - 2, width: Math.max(x(to) - x(from), 2.5).toFixed(1), height: m.bar + 4, fill: `url(#${hatch})` }))
    : titled("arriving", from, to, bar(x(from), x(to), y, m.bar, "good"))));
  // The bar before a band may have words of the band before that.
  let used = m.left;
  const several = bands.filter(({ lost }) => lost).length > 1;
  const words = bands.flatMap(({ lost, from, to }, index) => {
    if (!lost) return [];
    const next = bands[index + 1];
    const after = { to: x(next?.to ?? to), last: index + 2 >= bands.length };
    const before = Math.max(used, x(bands[index - 1]?.from ?? from));
    const { end, said } = lostWords(to - from, [x(from), x(to)], before, after, several, y, m);
    used = end;
    return said;
  });
  return [...drawn, ...words];
};

// Under a flow: where the seconds of its longest outage went, once it is over.
const split = (outage, x, y, m) => {
  const { parts, roomy } = brackets(outage, x, m.split);
  const lines = parts.filter(({ from, to }) => to - from > 3).map(({ from, to }) => svg("path", { class: "bracket", d: `M${(from + 1).toFixed(1)} ${y}v4H${(to - 1).toFixed(1)}v-4` }));
  if (roomy) return [...lines, ...parts.map(({ from, to, words }) => word((from + to) / 2, y + 16, words, { class: "split", "text-anchor": "middle" }))];
  const forms = splitForms(outage);
  const words = fitting(forms, m.right - m.left, m.split) ?? forms.at(-1);
  const from = Math.max(Math.min(x(outage.start), m.right - wide(words, m.split)), m.left);
  const squeezed = wide(words, m.split) > m.right - m.left ? { textLength: (m.right - m.left).toFixed(1), lengthAdjust: "spacingAndGlyphs" } : {};
  return [...lines, word(from, y + 16, words, { class: "split", ...squeezed })];
};

const longest = (trace, flow, now) => trace.outages.filter((outage) => outage.flow === flow.name && (outage.end ?? trace.until) <= now)
  .reduce((most, outage) => (outage.seconds > (most?.seconds ?? 0) ? outage : most), null);

// Faults stand at the head, each at its time, from when they strike; and so does their end.
const faultMarks = (marks, x, now, foot) => {
  const struck = marks.filter(({ at }) => at <= now);
  const lines = struck.map(({ at, kind }) => svg("path", { class: `fault ${kind}`, d: `M${x(at).toFixed(1)} 22V${foot}` }));
  const words = struck.flatMap(({ lines: said, start, row, kind }) => said.map((line, index) => word(start, 36 + 15 * (row + index), line, { class: kind })));
  return { lines, words };
};

const place = (trace, lanes, marked, m) => {
  const head = 30 + 15 * marked + 8;
  const rows = [];
  let y = head;
  for (const lane of lanes) { rows.push({ lane, y: y + (m.narrow ? 16 : 0) }); y += m.step; }
  y += 6;
  const roomy = trace.flows.length <= 4;
  for (const flow of trace.flows) {
    const told = roomy || trace.outages.some((outage) => outage.flow === flow.name);
    rows.push({ flow, y: y + (m.narrow ? 16 : 3) });
    y += m.step + (told ? (m.narrow ? 30 : 24) : 2);
  }
  return { rows, head, foot: y, height: y + 6 };
};

// More lanes than these, and those of sessions and routes wait for the reader to ask for them, unless
// it is they that tell the run.
const MAIN = 9;

// The view. `scrub(time)` is called when the reader points at a time.
export const makeLanes = (trace, scrub) => {
  const lanes = lanesOf(trace);
  const first = lanes.filter((each) => isTold(each, lanes));
  const details = lanes.length - first.length;
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

  const present = (row, time) => {
    if (row.lane) return stateAt(row.lane.segments, time);
    const out = trace.outages.some((outage) => outage.flow === row.flow.name && outage.start <= time && (outage.end ?? Infinity) > time);
    if (out) return { state: "lost", tone: "bad" };
    const lost = trace.outages.filter((outage) => outage.flow === row.flow.name && (outage.end ?? Infinity) <= time).reduce((sum, outage) => sum + outage.seconds, 0);
    return { state: lost ? `was lost for ${lasting(lost)}` : "arriving", tone: "good", forms: lost ? [`lost ${lasting(lost)}`, lasting(lost)] : [] };
  };

  const draw = () => {
    const m = measures(width);
    const x = xOf(m, trace.until);
    const { marks: struck, rows: marked } = marksOf(trace, x, m);
    const { rows, foot, height } = place(trace, all ? lanes : first, marked, m);
    const parts = [svg("defs", {}, svg("pattern", { id: hatch, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("rect", { class: "hatch-ground", width: 7, height: 7 }), svg("rect", { class: "hatch-line", width: 2, height: 7 })))];
    const marks = ticks(trace.until, m.right - m.left + 26);
    parts.push(svg("path", { class: "grid", d: marks.map((time) => `M${x(time).toFixed(1)} 22V${foot}`).join("") }));
    marks.forEach((time, index) => parts.push(word(x(time), 14, `${time.toLocaleString("en")}${index === marks.length - 1 || !m.narrow ? " s" : ""}`, { class: "axis", "text-anchor": index === 0 ? "start" : x(time) > m.right - 8 ? "end" : "middle" })));
    const { lines, words: told } = faultMarks(struck, x, now, foot);
    parts.push(...lines, svg("path", { class: "playhead", d: `M${x(now).toFixed(1)} 20V${foot}` }), ...told);
    for (const row of rows) {
      const name = row.lane ? laneName(row.lane.lane) : row.flow.name;
      const y = row.y;
      parts.push(m.narrow ? word(m.left, y - 4, name, { class: "name" }) : word(14, y + m.bar / 2 + 4, name, { class: "name" }));
      if (m.narrow) {
        const state = present(row, now);
        const said = fitting([...formsOf(state), ...(state.forms ?? [])], m.right - m.left - wide(name, m.name) - 13, m.text);
        if (said) parts.push(word(m.right - 5, y - 4, said, { class: `present ${state.tone}`, "text-anchor": "end" }));
      }
      if (row.lane) {
        const parted = row.lane.segments.filter((part) => part.from <= now);
        parted.forEach((part, index) => parts.push(stretch(part, x, now, y, m, index === parted.length - 1)));
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
