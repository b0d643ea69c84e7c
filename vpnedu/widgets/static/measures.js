// How lanes are laid out: where times stand, which words have room, and where. Pure functions, but for
// the width of words, which a browser measures.

import { lasting, seconds } from "./time.js";

// Where everything stands at a width in pixels. On a narrow page a lane's name stands above it.
export const measures = (width) => {
  const narrow = width < 560;
  const sizes = { name: 12.5, text: 12, split: 11.5 };
  return narrow
    ? { narrow, left: 12, right: width - 14, bar: 15, step: 34, ...sizes }
    : { narrow, left: 186, right: width - 22, bar: 18, step: 26, ...sizes };
};

export const xOf = ({ left, right }, until) => (time) => left + ((right - left) * Math.min(Math.max(time, 0), until)) / until;
export const timeOf = ({ left, right }, until) => (x) => (Math.min(Math.max((x - left) / (right - left), 0), 1)) * until;

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 43200, 86400];

// Times for the axis: round ones, as many as there is room for.
export const ticks = (until, room) => {
  const step = STEPS.find((each) => (until / each + 1) * 60 <= room) ?? until;
  return Array.from({ length: Math.floor(until / step + 1e-9) + 1 }, (_, index) => Number((index * step).toFixed(6)));
};

let pen = null;

// How wide words are in pixels; without a page roughly, rather too wide than too narrow.
export const wide = (words, size) => {
  if (typeof document === "undefined") return words.length * size * 0.6;
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `${size}px system-ui, "Segoe UI", "DejaVu Sans", sans-serif`; // vpnedu.css: --sans
  return pen.measureText(words).width;
};

// The first of several forms of words that has room; null if none has.
export const fitting = (forms, room, size) => forms.find((words) => wide(words, size) <= room) ?? null;

// A state in words, then in fewer and fewer; a bad one is a cross at least.
export const formsOf = ({ state, tone }) => {
  if (tone === "bad") return [...new Set([`✕ ${state}`, `✕ ${state.replace("not known yet", "unknown")}`, "✕"])];
  const parts = state.split(/(?<=[;,]) /);
  return parts.map((_, index) => (index ? `${parts.slice(0, -index).join(" ")} …` : state));
};

export const lostForms = (length) => [`✕ lost for ${lasting(length)}`, `✕ ${lasting(length)}`, lasting(length)];

// Words in lines that are not wider than `room`.
export const wrapped = (words, room, size) => words.split(" ").reduce((lines, word) => {
  const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
  return lines.length && wide(longer, size) <= room ? [...lines.slice(0, -1), longer] : [...lines, word];
}, []);

// Where the words of faults stand at the head: each beside its time, in the first rows that are free.
export const marksOf = (trace, x, m) => {
  const told = trace.faults.flatMap((fault) => [
    { at: fault.at, said: `✕ ${fault.words}`, kind: "bad" },
    ...(fault.until === null ? [] : [{ at: fault.until, said: `✓ ${fault.over}`, kind: "mended" }]),
  ]).sort((a, b) => a.at - b.at);
  const taken = [];
  const marks = told.map(({ at, said, kind }) => {
    const lines = wrapped(said, m.right - m.left, m.text);
    const room = Math.max(...lines.map((line) => wide(line, m.text)));
    const [here, before] = [x(at) + 5, x(at) - 5 - room];
    const start = here + room <= m.right + 10 ? here : before >= m.left ? before : Math.max(m.right - room, m.left);
    const free = (row) => !taken.some((each) => each.row === row && start < each.end + 10 && each.start < start + room + 10);
    let row = 0;
    while (!lines.every((_, index) => free(row + index))) row += 1;
    lines.forEach((_, index) => taken.push({ row: row + index, start, end: start + room }));
    return { at, kind, lines, start, row };
  });
  return { marks, rows: taken.length ? Math.max(...taken.map(({ row }) => row)) + 1 : 0 };
};

// The parts of an outage in words. One that never ends has no redirect, and nothing to decide.
export const splitOf = (outage) => {
  if (outage.end !== null) return ["detect", "decide", "redirect"].map((part) => ({ seconds: outage[part], words: `${part} ${seconds(outage[part])}` }));
  const rest = outage.seconds - outage.detect;
  if (rest < 1e-6) return [{ seconds: outage.seconds, words: "nobody found out" }];
  return [{ seconds: outage.detect, words: `detect ${seconds(outage.detect)}` }, { seconds: rest, words: "then nothing to turn to" }];
};

// All parts in one line, then more briefly.
export const splitForms = (outage) => {
  const whole = splitOf(outage).map(({ words }) => words).join(outage.end === null ? ", " : " · ");
  return [whole, whole.replaceAll(" s ·", " ·")];
};

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
