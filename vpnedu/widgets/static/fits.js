// Which packets fit: the outer packet to scale against the path, part by part.

import { defineInstrument } from "./instrument.js";
import { h, say } from "./kit.js";
import { fate, largestInner, parts, sealedLength, tcpMss } from "./lengths.js";

const MARKS = { fits: "✓", cut: "✂", dropped: "✕" };

// Where each part of the packet begins on a scale of `of` bytes, in per cent.
export const scaled = (found, of) => {
  let from = 0;
  return found.map(([name, length, sealed]) => {
    const part = { name, length, sealed, left: (100 * from) / of, width: (100 * length) / of };
    from += length;
    return part;
  });
};

const make = (data, element) => {
  const told = element.querySelector(":scope > .frame");
  told.classList.add("told");
  const [least, most, first] = data.range;
  const choice = (names) => h("select", { change: () => show() }, ...names.map(([value, name]) => h("option", { value }, name)));
  const suites = choice(data.suites.map(([name], place) => [place, name]));
  const natT = h("input", { type: "checkbox", change: () => show() });
  const version = choice([[4, "IPv4"], [6, "IPv6"]]);
  const mtus = choice(data.mtus.map(([mtu, name]) => [mtu, `${mtu}: ${name}`]));
  const kinds = choice(data.kinds);
  const slider = h("input", { type: "range", min: least, max: most, value: first, "aria-label": "Length of the inner packet", input: () => { number.value = slider.value; show(); } });
  const number = h("input", { type: "number", min: least, max: most, value: first, input: () => { if (number.checkValidity() && number.value !== "") { slider.value = number.value; show(); } }, change: () => { number.value = slider.value; } });
  const picture = h("div", { class: "picture", "aria-hidden": "true" });
  const list = h("ol", { class: "parts" });
  const verdict = h("p", { "aria-live": "polite" });
  const sums = h("ul", { class: "sums" });

  const set = (inner) => { number.value = inner; slider.value = inner; show(); };
  const button = (inner, name) => h("button", { type: "button", click: () => set(inner) }, name);

  const show = () => {
    const outside = { suite: data.suites[suites.value], natT: natT.checked, version: Number(version.value), mtu: Number(mtus.value) };
    const [inner, { mtu }] = [Number(slider.value), outside];
    const found = parts(inner, outside).filter(([, length]) => length);
    const outer = sealedLength(inner, outside);
    const room = largestInner(outside);
    const of = Math.max(outer, mtu, sealedLength(data.advice.mtu, outside)) + 20;
    const bars = scaled(found, of);
    const { left: begin } = bars.find(({ name }) => name === "inner packet");
    const at = (bytes) => begin + (100 * bytes) / of;
    const bar = (kind, left, width, name = "") => h("span", { class: kind, style: `left:${left}%;width:${width}%` }, name);
    const mark = (left, name, kind) => h("span", { class: `mark ${kind}`, style: `left:${left}%` }, h("i", {}, name));
    const row = (...children) => h("div", { class: "row" }, ...children);
    const [what, words] = fate(outside, inner, kinds.value);
    picture.replaceChildren(
      row(mark(at(data.advice.mtu), `Azure: ${data.advice.mtu}, ${data.advice.mss} + 40`, "advice"), mark(at(data.advice.mss + 40), "", "advice")),
      row(bar("inner", begin, (100 * inner) / of, `inner ${inner}`), mark(at(room), "", "room")),
      row(...bars.map(({ name, left, width, sealed }) => bar(sealed ? `sealed ${name === "inner packet" ? "" : "end"}` : "clear", left, width, name === "inner packet" ? `sealed ${outer}` : "")), mark((100 * mtu) / of, "", "room")),
      row(bar("path", 0, (100 * mtu) / of, `path ${mtu}`), bar("beyond", (100 * mtu) / of, (100 * Math.max(0, outer - mtu)) / of)));
    list.replaceChildren(...found.map(([name, length, sealed]) => h("li", {}, `${sealed ? "●" : "○"} ${name} `, h("b", {}, length))));
    verdict.className = `verdict ${what}`;
    say(verdict, `${MARKS[what]} ${words}`);
    const pairs = [["Largest inner packet", room], ["TCP MSS, IPv4 inside", tcpMss(room, 4)], ["TCP MSS, IPv6 inside", tcpMss(room, 6)], ["Added to this packet", outer - inner]];
    sums.replaceChildren(...pairs.map(([name, value]) => h("li", {}, `${name} `, h("b", {}, `${value} bytes`))));
    largest.onclick = () => set(Math.min(room, most));
  };

  const largest = button(0, "The largest that fits");
  const live = h("div", { class: "frame live" },
    h("div", { class: "choose" }, h("label", {}, "Suite ", suites), h("label", {}, "Path's MTU ", mtus), h("label", {}, "Outer header ", version), h("label", {}, "Inside ", kinds), h("label", {}, natT, " NAT traversal")),
    h("div", { class: "choose length" }, h("label", {}, "Inner packet, bytes ", number), slider,
      largest, button(data.advice.mtu, `Azure's MTU, ${data.advice.mtu}`), button(data.advice.mss + 40, `Azure's MSS ${data.advice.mss} + 40`), button(40, "A bare ACK, 40")),
    verdict, picture, list, sums, h("p", { class: "advised" }, data.advice.words));
  show();
  return [live, told];
};

if (globalThis.customElements) defineInstrument("fits", make);
