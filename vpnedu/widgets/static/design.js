// The scene of a high-availability design: states of things, tunnels that die, and flows on their way.

import { directionsOf, wayAt } from "./flows.js";
import { say, svg } from "./kit.js";
import { lanesOf, statesAt } from "./states.js";

const TONES = ["good", "idle", "waiting", "bad"];

const pairs = (text) => text.split(" ").map(Number).reduce((points, value, index) => (index % 2 ? [...points.slice(0, -1), [points.at(-1)[0], value]] : [...points, [value]]), []);

// The first half of a cubic curve (de Casteljau).
const half = ([a, b, c, d]) => {
  const mid = ([x, y], [u, v]) => [(x + u) / 2, (y + v) / 2];
  const [ab, bc, cd] = [mid(a, b), mid(b, c), mid(c, d)];
  return [a, ab, mid(ab, bc), mid(mid(ab, bc), mid(bc, cd))];
};

// The way of a tunnel or circuit from one of its ends: all of it, or as far as `lost` says, to its
// "provider", or to somewhere "within". A tunnel is three curves: to its provider, through it, and on.
export const along = (curve, onward, lost) => {
  const points = onward ? curve : [...curve].reverse();
  if (lost === "provider") return points.slice(0, 4);
  if (lost !== "within") return points;
  const reach = points.length > 4 && onward ? points.length - 4 : 0;
  return [...points.slice(0, reach), ...half(points.slice(reach, reach + 4))];
};

// The pieces of a flow's way through a drawn plan, each {curved, points}, and where it is lost.
// `plan` is {ways: Map("a|b" → points), tubes: Map(name → points)}; `tunnels` are the trace's.
export const route = (carried, plan, tunnels, isProvider) => {
  const pieces = [];
  const between = (a, b) => {
    const known = plan.ways.get(`${a}|${b}`);
    return known ?? (plan.ways.has(`${b}|${a}`) ? [...plan.ways.get(`${b}|${a}`)].reverse() : null);
  };
  const { path, lost_at: lost } = carried;
  const stops = lost !== null && lost !== path.at(-1) ? [...path, lost] : path;
  let at = stops[0];
  for (let index = 1; index < stops.length; index += 1) {
    const name = stops[index];
    const tunnel = tunnels.find((each) => each.name === name);
    if (tunnel) {
      const onward = tunnel.ends[0] === at;
      const next = stops[index + 1];
      const last = index === stops.length - 1;
      const cut = last && lost === name ? "within" : isProvider(next) ? "provider" : null;
      // A tunnel that ends at the gateway's address begins with the way from the instance to it.
      const first = between(at, onward ? tunnel.ends[0] : tunnel.ends[1]);
      if (first) pieces.push({ curved: false, points: first });
      pieces.push({ curved: true, points: along(plan.tubes.get(name), onward, cut) });
      if (cut) return pieces;
      at = tunnel.ends[onward ? 1 : 0];
      continue;
    }
    const way = between(at, name);
    if (way) pieces.push({ curved: false, points: way });
    at = name;
  }
  return pieces;
};

const pathOf = (pieces, [dx, dy]) => {
  const at = ([x, y]) => `${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`;
  return pieces.map(({ curved, points }, index) => {
    const [first, ...rest] = points;
    return `${index ? "L" : "M"}${at(first)}${curved ? `C${rest.map(at).join(" ")}` : rest.map((point) => `L${at(point)}`).join("")}`;
  }).join("");
};

const SPACING = 58;
const SPEED = 0.09; // of a picture's units a millisecond of play
const DASHES = [null, "7 3", "2 3", "9 3 2 3"];
const CROSS = "M-4-4l8 8M4-4l-8 8";

const arrangement = (drawn, trace) => {
  const named = (key) => new Map([...drawn.querySelectorAll(`[data-${key}]`)].map((g) => [g.dataset[key], g]));
  const [things, tunnels, pills, ways] = ["thing", "tunnel", "pill", "way"].map(named);
  const words = new Map([...pills].map(([name, g]) => [name, g.querySelector("text").textContent]));
  const plan = {
    ways: new Map([...ways].map(([name, line]) => [name, pairs(line.dataset.points)])),
    tubes: new Map([...tunnels].map(([name, g]) => [name, pairs(g.dataset.curve)])),
  };
  const flows = drawn.querySelector(".flows");
  const marks = drawn.querySelector(".marks");
  const upright = drawn.classList.contains("upright");
  const directions = directionsOf(trace);
  const gap = Math.min(3.6, 12 / Math.max(trace.flows.length - 1, 1));
  const isProvider = (name) => things.get(name)?.classList.contains("provider") ?? false;
  let last = [];

  const showStates = (states) => {
    states.forEach(({ state, tone }, name) => {
      const bad = tone === "bad";
      for (const g of [things.get(name), tunnels.get(name), pills.get(name)]) TONES.forEach((each) => g?.classList.toggle(each, each === tone));
      const label = things.get(name)?.querySelector(".state");
      if (label) say(label, bad ? `✕ ${state}` : state);
      if (pills.has(name)) say(pills.get(name).querySelector("text"), words.get(name) + (bad ? " ✕" : ""));
    });
  };

  const corner = (name, index) => {
    const rect = things.get(name).querySelector("rect");
    const [x, y, width] = ["x", "y", "width"].map((key) => Number(rect.getAttribute(key)));
    return [x + width - 12 - 5 * index, y];
  };

  const made = (carried, index) => {
    const shift = gap * (index - (trace.flows.length - 1) / 2);
    const offset = upright ? [shift, 0] : [0, shift];
    const { conversation, back } = directions[index];
    const pieces = route(carried, plan, trace.tunnels, isProvider);
    const line = svg("path", { d: pathOf(pieces, offset) || "M0 0", "stroke-dasharray": DASHES[conversation % DASHES.length] });
    const group = svg("g", { class: `flow ${back ? "back" : "onward"}` }, pieces.length ? line : null);
    const end = pieces.length ? pieces.at(-1).points.at(-1).map((value, axis) => value + offset[axis]) : corner(carried.path[0], index);
    const stop = carried.lost_at === null ? null : svg("g", { transform: `translate(${end.map((value) => value.toFixed(1)).join(" ")})` }, svg("circle", { class: "ground", r: 6.5 }), svg("path", { class: "stop", d: CROSS, transform: "scale(.75)" }));
    const dots = svg("g");
    group.append(dots);
    return { carried, group, line: pieces.length ? line : null, dots, stop, length: 0 };
  };

  // The dots' places are a function of how much has been played.
  const move = (flow, played) => {
    if (!flow.line) return;
    flow.length ||= flow.line.getTotalLength();
    const count = Math.max(Math.ceil(flow.length / SPACING), 1);
    while (flow.dots.childElementCount < count) flow.dots.append(svg("path", { class: "head", d: "M5 0L-3-3.6V3.6Z" }));
    [...flow.dots.children].forEach((dot, place) => {
      const far = (played * SPEED + place * SPACING) % (count * SPACING);
      dot.style.display = far > flow.length ? "none" : "";
      if (far > flow.length) return;
      const here = flow.line.getPointAtLength(far);
      const ahead = flow.line.getPointAtLength(Math.min(far + 1, flow.length));
      const behind = flow.line.getPointAtLength(Math.max(far - 1, 0));
      const turn = (Math.atan2(ahead.y - behind.y, ahead.x - behind.x) * 180) / Math.PI;
      dot.setAttribute("transform", `translate(${here.x.toFixed(1)} ${here.y.toFixed(1)}) rotate(${turn.toFixed(0)})`);
    });
  };

  return (states, time, played) => {
    showStates(states);
    const now = trace.flows.map((flow) => wayAt(trace, flow, time));
    if (now.some((carried, index) => carried !== last[index]?.carried)) {
      last = now.map((carried, index) => (carried ? made(carried, index) : { carried: null }));
      flows.replaceChildren(...last.map((flow) => flow.group).filter(Boolean));
      marks.replaceChildren(...last.map((flow) => flow.stop).filter(Boolean));
    }
    // What is not on the page has no lengths to go by.
    if (drawn.getClientRects().length) last.forEach((flow) => { if (flow.carried) move(flow, played); });
  };
};

export const makeDesign = (trace, drawings) => {
  const element = document.createElement("div");
  element.className = "scene";
  element.innerHTML = drawings.wide + drawings.upright;
  const shown = [...element.querySelectorAll("svg")].map((drawn) => arrangement(drawn, trace));
  const lanes = lanesOf(trace);
  let now = null;
  const show = (moment) => {
    now = moment;
    const states = statesAt(lanes, moment.time);
    shown.forEach((each) => each(states, moment.time, moment.played));
  };
  // What comes into sight (the page's width chooses an arrangement) gets its moving parts then.
  new ResizeObserver(() => { if (now) show(now); }).observe(element);
  return { element, show };
};
