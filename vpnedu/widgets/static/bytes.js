// <vpn-bytes>: a packet as a grid of bytes. Point at one, and its field lights up and is explained.

import { SEALED, carried, fieldFrom, leads, placeOf, span } from "./byte_places.js";
import { defineInstrument } from "./instrument.js";
import { h, say } from "./kit.js";

const WIDE = 480; // pixels in which 16 bytes stand in a row
const MARKS = ["", "covered", "covered sealed"];

const make = (data, element) => {
  const paper = element.querySelector(".frame");
  paper.className = "byte-paper";
  let [packet, look, across, at, shown, cells] = [0, 0, 8, 0, null, []];
  const face = () => data.packets[packet].faces[look];

  const panel = h("div", { class: "byte-panel", role: "status" });
  const sum = h("p", { class: "byte-sum" });
  const table = h("table", {
    role: "grid",
    // A pointer at rest, under which the page scrolls, points at nothing.
    mousemove: ({ target, movementX, movementY }) => { if ((movementX || movementY) && cells.includes(target)) explain(cells.indexOf(target)); },
    mouseleave: () => explain(at),
    focusin: ({ target }) => stand(cells.indexOf(target)),
    click: ({ target }) => { if (cells.includes(target)) target.focus(); },
    keydown: (event) => {
      if (event.altKey || event.metaKey) return;
      const turned = { PageUp: -1, PageDown: 1 }[event.key];
      const to = turned ? fieldFrom(face().fields, at, turned) : leads(event.key, at, cells.length, across, event.ctrlKey);
      if (to !== undefined) cells[to].focus();
      if (to !== undefined || event.key.startsWith("Arrow")) event.preventDefault();
    },
  });

  // Lights the field of a byte, and tells of it. The words change only with the field.
  const explain = (place) => {
    const field = face().fields[placeOf(face().fields, place)];
    if (field === shown) return;
    shown = field;
    const [name, start, length, value, told] = field;
    const [part, meaning, chosen, reference, path] = data.told[told];
    cells.forEach((cell, each) => cell.classList.toggle("lit", each >= start && each < start + length));
    const rows = [["Value", value], ["Meaning", meaning], ["Chosen by", chosen], ["On the path", path], ["Defined in", reference]];
    panel.replaceChildren(
      h("p", { class: "byte-name" }, h("b", {}, name), h("span", {}, (part === name ? "" : `${part} · `) + span(start, length))),
      h("dl", {}, ...rows.filter(([, words]) => words).map(([term, words]) => h("div", {}, h("dt", {}, term), h("dd", {}, words)))));
  };

  const stand = (place) => {
    if (place < 0) return;
    cells[at].tabIndex = -1;
    at = place;
    cells[at].tabIndex = 0;
    explain(at);
  };

  const draw = () => {
    const focused = table.contains(document.activeElement);
    const { hex, fields } = face();
    cells = hex.match(/../g).map((pair, place) => {
      const [name, , , , , mark] = fields[placeOf(fields, place)];
      const label = `byte ${place}: ${pair}, ${name}${mark === SEALED ? ", sealed" : ""}`;
      return h("td", { role: "gridcell", tabindex: "-1", class: MARKS[mark], "aria-label": label }, pair);
    });
    const starts = cells.map((_, place) => place).filter((place) => place % across === 0);
    table.setAttribute("aria-label", `${data.faces[look]}: ${cells.length} bytes in hex, ${across} in a row`);
    table.replaceChildren(h("tbody", { role: "rowgroup" }, ...starts.map((start) =>
      h("tr", { role: "row" }, h("th", { role: "rowheader" }, String(start)), ...cells.slice(start, start + across)))));
    shown = null;
    stand(at);
    if (focused) cells[at].focus();
    say(sum, face().sum);
    legend.classList.toggle("unsealed", look === 0);
    faces.forEach((button, each) => button.setAttribute("aria-pressed", String(each === look)));
  };

  const turn = (to) => { const from = face(); look = to; at = carried(at, from, face()); draw(); };
  const faces = data.faces.map((name, each) => h("button", { type: "button", click: () => turn(each) }, name));
  const walk = (by) => stand(fieldFrom(face().fields, at, by));
  const choose = h("select", { change: () => { packet = choose.selectedIndex; at = 0; draw(); } }, ...data.packets.map(({ label }) => h("option", {}, label)));
  const legend = h("p", { class: "byte-legend" }, h("span", { class: "sealed" }, "hatched"), " sealed ", h("span", { class: "covered" }, "line above"), " covered by the integrity check");
  const frame = h("div", { class: "frame" },
    h("div", { class: "byte-bar" }, h("label", {}, "Packet ", choose), h("div", { role: "group", "aria-label": "Which look" }, ...faces)),
    h("div", { class: "byte-body" },
      h("div", {}, table, legend),
      h("div", { class: "byte-side" }, panel,
        h("div", { class: "byte-walk" }, h("button", { type: "button", click: () => walk(-1) }, "‹ Field"), h("button", { type: "button", click: () => walk(1) }, "Field ›")))),
    sum);
  draw();
  new ResizeObserver(() => {
    const fits = frame.clientWidth < WIDE ? 8 : 16;
    if (fits !== across) { across = fits; draw(); }
  }).observe(frame);
  return [frame, paper];
};

defineInstrument("bytes", make);
