// What editors of a document are made of. A part is {element, read(), find(parts), refresh()}: `read` gives
// its piece of the document, `find` the control that a path in it names.

import { withValue } from "./editing.js";
import { makeControl, makeGrid } from "./grid.js";
import { h } from "./kit.js";

// What a field or a column holds.
export const text = (key, label, more = {}) => ({ key, label, kind: "text", ...more });
export const number = (key, label, more = {}) => ({ key, label, kind: "number", ...more });
export const check = (key, label) => ({ key, label, kind: "check" });
export const select = (key, label, options) => ({ key, label, kind: "select", options: () => options });

export const press = (words, click, label = words) => h("button", { type: "button", click, "aria-label": label }, words);

// A single field, with its label; to who does not see where it stands it also says whose it is (`of`).
export const makeField = (column, value, { of = "", edited }) => {
  const control = makeControl(column, value);
  const { input } = control;
  input.setAttribute("aria-label", of ? `${column.label}, ${of}` : column.label);
  input.addEventListener("change", () => edited());
  const check = column.kind === "check";
  const label = h("label", { class: check ? "check" : null }, ...(check ? [input, column.label] : [column.label, input]));
  const element = h("div", { class: `field ${column.wide ? "wide" : ""}` }, label);
  return { element, input, read: control.read, refresh: control.refresh, find: () => input };
};

// A table as a part.
export const makeRows = (settings, edited) => makeGrid({ ...settings, changed: edited });

// An object: its parts by key, and what no part shows of it. `element` holds them in any way.
export const makeThing = (original, parts, element) => ({
  element,
  read: () => Object.entries(parts).reduce((thing, [key, part]) => withValue(thing, key, part.read()), original),
  // The thing as a whole is told of at its first control.
  find: ([key, ...rest]) => (key === undefined ? Object.values(parts)[0] : parts[key])?.find(rest) ?? null,
  refresh: () => Object.values(parts).forEach((part) => part.refresh()),
});

export const makeList = (things) => ({
  element: h("div", { class: "list" }, ...things.map((thing) => thing.element)),
  read: () => things.map((thing) => thing.read()),
  find: ([place = 0, ...rest]) => things[Number(place)]?.find(rest) ?? null,
  refresh: () => things.forEach((thing) => thing.refresh()),
});

// A part that is made when its section is first opened, or looked for: most never are.
export const makeLater = (original, section, make) => {
  let part = null;
  const made = () => {
    if (!part) { part = make(); section.lastChild.append(part.element); }
    return part;
  };
  section.addEventListener("toggle", () => { if (section.open) made(); });
  return { element: section, read: () => (part ? part.read() : original), find: (parts) => made().find(parts), refresh: () => part?.refresh() };
};

// A name out of a document: whatever is written in it, it is text, and turns nothing around it.
export const nameOf = (text) => h("bdi", {}, text);

export const makeSection = (key, title, ...children) => h("details", { class: "part", "data-key": key }, h("summary", {}, ...[title].flat()), h("div", { class: "inside" }, ...children.filter(Boolean)));

export const makeGroup = (title, ...children) => h("fieldset", { class: "thing" }, h("legend", {}, ...[title].flat()), ...children.filter(Boolean));

export const fields = (...parts) => h("div", { class: "fields" }, ...parts.filter(Boolean).map((part) => part.element));
