// An editor of a whole document: its element, its document, and what is wrong with it, told at the field.

import { mark, unmarkAll } from "./complaints.js";
import { partsOfPath } from "./editing.js";
import { h, say } from "./kit.js";

// The control that a path names, or, where it is not shown, the nearest thing's that is, with the path's rest.
const nearest = (find, parts) => {
  for (let known = parts.length; known > 0 && (known > 1 || known === parts.length); known -= 1) {
    const input = find(parts.slice(0, known));
    if (input) return { input, left: parts.slice(known) };
  }
  return {};
};

// `drawn(document, does)` gives the part that shows a document; `does` is {document() as it was last, read()
// as it is, edited(), redraw(document, words)}. Undo draws anew: sections that were open stay open, and what
// had the focus has it again. `shapely` throws at what can't be shown.
export const makeEditor = (document_, { label, drawn, changed = () => {}, shapely }) => {
  const wrong = h("div", { class: "astray" });
  const place = h("div");
  const news = h("p", { class: "unseen", "aria-live": "polite" });
  // The keys of a figure around it (space plays, digits answer) are keys of writing in here.
  const own = (event) => event.stopPropagation();
  const element = h("div", { class: "vpn-editing", role: "group", "aria-label": label, keydown: own }, wrong, place, news);
  let part = null;
  let now = null;

  const sections = () => [...place.querySelectorAll("details")];
  const focusable = (within) => [...within.querySelectorAll("input, select, button, summary")];
  // What has the focus: the section it is in, or all where it is in none, and its place there.
  const focused = () => {
    const active = globalThis.document.activeElement;
    if (!place.contains(active)) return null;
    const section = sections().find((one) => one.contains(active));
    return { key: section?.dataset.key, at: focusable(section ?? place).indexOf(active) };
  };
  const focus = ({ key, at }) => {
    const section = sections().find((one) => one.dataset.key === key);
    if (section?.open) section.dispatchEvent(new Event("toggle"));
    const there = focusable(section ?? place);
    there[Math.min(at, there.length - 1)]?.focus();
  };

  const draw = (document) => {
    const open = new Set(sections().filter((section) => section.open).map((section) => section.dataset.key));
    const had = focused();
    now = document;
    part = drawn(document, does);
    place.replaceChildren(part.element);
    // Each open section is filled by its own event "toggle", in a task of its own: all at once, the page would stand still.
    sections().forEach((section) => { section.open = open.has(section.dataset.key); });
    if (had) focus(had);
  };

  const does = {
    document: () => now,
    read: () => part.read(),
    // One step of undo; what left everything as it was is none.
    edited: () => {
      const before = JSON.stringify(now);
      now = part.read();
      if (JSON.stringify(now) === before) return;
      part.refresh();
      changed();
    },
    redraw: (document, words = "") => {
      draw(document);
      say(news, words);
      changed();
    },
  };

  const clear = () => { unmarkAll(place); wrong.replaceChildren(); };

  const complain = (path, message) => {
    const { input, left } = nearest(part.find, partsOfPath(path));
    if (!input) {
      wrong.append(h("p", { class: "wrong", role: "alert" }, path ? `${path}: ${message}` : message));
      return false;
    }
    for (let section = input.closest("details"); section; section = section.parentElement.closest("details")) section.open = true;
    const first = !place.querySelector("[aria-invalid]");
    mark(input, left.length ? `${left.join(".")}: ${message}` : message);
    if (first) input.focus();
    return true;
  };

  draw(shapely(document_));
  return { element, read: () => part.read(), write: (document) => { clear(); draw(shapely(document)); }, complain, clear };
};
