// The scene view: the drawn topology stands still; packets, lit things and the verdict are added.

import { svg } from "./kit.js";

// The point at `t` (0 to 1) of a cubic Bézier curve, given as eight numbers.
export const along = (curve, t) => {
  const u = 1 - t;
  const weights = [u ** 3, 3 * u * u * t, 3 * u * t * t, t ** 3];
  const sum = (offset) => weights.reduce((total, weight, i) => total + weight * curve[2 * i + offset], 0);
  return [sum(0), sum(1)];
};

const ease = (t) => (t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) ** 2);

// What is to be seen of `trace` at event `index`, `progress` of the way through it:
// where the packet is, in which datagram, what is lit, and the verdict if there is one.
export const look = (trace, index, progress) => {
  const event = trace.events[index];
  if (!event) return { lit: [], tunnel: null, seen: false };
  const verdict = ["delivered", "dropped"].includes(event.event) ? event.event : null;
  if (event.event === "flight") {
    const arrived = progress >= 1;
    return {
      flight: event, progress: ease(progress), datagram: event.datagram,
      lit: arrived ? [event.target] : [event.source],
      tunnel: arrived || event.link === "inside" || event.link === "internet" ? null : event.link,
      seen: event.link !== "inside",
    };
  }
  const carried = trace.events.slice(0, index + 1).findLast((e) => "datagram" in e);
  const datagram = carried?.event === "opened" ? carried.inner : carried?.datagram;
  return { at: event.node, datagram, lit: [event.node], tunnel: null, seen: false, verdict };
};

const LOCK = "M-4-2v-3a4 4 0 0 1 8 0v3M-6-2h12v8h-12z";
const ARROW = "→ ";

// A packet shows where it is going; sealed, only the outer addresses, and that there is one inside.
const capsule = (datagrams, index) => {
  const target = datagrams[index].label.split(" → ")[1];
  const sealed = datagrams[index].inner !== undefined;
  const text = ARROW + target;
  const width = Math.max(92, 6.7 * text.length + (sealed ? 34 : 18));
  const rect = (x, y, wide, tall, extra = {}) => svg("rect", { x, y, width: wide, height: tall, rx: 8, ...extra });
  if (!sealed) {
    return svg("g", { class: "capsule plain" }, rect(-width / 2, -12, width, 24),
      svg("text", { y: 4, "text-anchor": "middle" }, text));
  }
  const inner = "inside: sealed";
  return svg("g", { class: "capsule sealed" }, rect(-width / 2, -20, width, 40),
    svg("text", { x: -width / 2 + 9, y: -6 }, text),
    svg("path", { class: "lock", d: LOCK, transform: `translate(${width / 2 - 13} -8)` }),
    rect(-width / 2 + 7, 0, width - 14, 15, { class: "inside", rx: 5 }),
    svg("text", { y: 11, "text-anchor": "middle" }, inner));
};

const MARKS = { delivered: "M-5 0l4 4 7-8", dropped: "M-5-5l10 10M5-5l-10 10" };

const mark = (verdict, [x, y]) =>
  svg("g", { class: `mark ${verdict}`, transform: `translate(${x} ${y})` }, svg("circle", { r: 10 }),
    svg("path", { d: MARKS[verdict] }));

// One drawn arrangement, ready to be shown at any moment.
const arrangement = (drawn) => {
  const things = new Map([...drawn.querySelectorAll("[data-thing]")].map((g) => [g.dataset.thing, g]));
  const tunnels = new Map([...drawn.querySelectorAll("[data-tunnel]")].map((g) => [g.dataset.tunnel, g]));
  const centre = (name) => things.get(name).dataset.at.split(" ").map(Number);
  const packets = drawn.querySelector(".packets");
  const marks = drawn.querySelector(".marks");
  const eye = drawn.querySelector(".eye");
  const [, , width] = drawn.getAttribute("viewBox").split(" ").map(Number);

  const flying = ({ flight, progress }, trace) => {
    const tunnel = tunnels.get(flight.link);
    if (tunnel) {
      const curve = tunnel.dataset.curve.split(" ").map(Number);
      const onward = trace.tunnels.find((t) => t.name === flight.link).ends[0] === flight.source;
      return along(curve, onward ? progress : 1 - progress);
    }
    const [x1, y1] = centre(flight.source);
    const [x2, y2] = centre(flight.target);
    return [x1 + (x2 - x1) * progress, y1 + (y2 - y1) * progress];
  };

  const box = (name) => things.get(name).querySelector("rect");

  return (trace, state) => {
    things.forEach((g, name) => g.classList.toggle("active", state.lit.includes(name) && name !== "internet"));
    tunnels.forEach((g, name) => g.classList.toggle("busy", name === state.tunnel));
    eye.classList.toggle("sees", state.seen);
    packets.replaceChildren();
    marks.replaceChildren();
    if (state.datagram === undefined) return;
    const moving = state.flight && state.progress < 1;
    const stop = state.at ?? state.flight.target;
    const [x, y] = moving ? flying(state, trace) : centre(stop);
    if (moving || !things.get(stop).classList.contains("host")) {
      const drawnPacket = capsule(trace.datagrams, state.datagram);
      // On its way a packet passes behind gateways and hosts; at rest it waits in front, below.
      (moving ? packets : marks).append(drawnPacket);
      const half = drawnPacket.querySelector("rect").getAttribute("width") / 2 + 2;
      const kept = Math.min(Math.max(x, half), width - half);
      drawnPacket.setAttribute("transform", `translate(${kept} ${y + (moving ? 0 : below(box(stop)))})`);
    }
    if (state.verdict) {
      const [right, top] = corner(box(state.at), [x, y]);
      marks.append(mark(state.verdict, [Math.min(right, width - 12), top]));
    }
  };
};

const isBand = (rect) => rect.classList.contains("band");
const below = (rect) => (isBand(rect) ? 0 : rect.getAttribute("height") / 2 + 18);
const corner = (rect, [x, y]) =>
  (isBand(rect) ? [x, y - 26] : [Number(rect.getAttribute("x")) + Number(rect.getAttribute("width")) + 4, rect.getAttribute("y") - 5]);

// The view: both arrangements, of which the page's width shows one.
export const makeScene = (trace, drawings) => {
  const element = document.createElement("div");
  element.className = "scene";
  element.innerHTML = drawings.wide + drawings.upright;
  const shown = [...element.querySelectorAll("svg")].map(arrangement);
  return { element, show: (index, progress) => shown.forEach((show) => show(trace, look(trace, index, progress))) };
};
