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

  const focusable = () => [...place.querySelectorAll("input, select, button, summary")];
  const draw = (document) => {
    const open = new Set([...place.querySelectorAll("details[open]")].map((section) => section.dataset.key));
    const focused = focusable().indexOf(globalThis.document.activeElement);
    now = document;
    part = drawn(document, does);
    place.replaceChildren(part.element);
    place.querySelectorAll("details").forEach((section) => { section.open = open.has(section.dataset.key); if (section.open) section.dispatchEvent(new Event("toggle")); });
    if (focused >= 0) focusable()[Math.min(focused, focusable().length - 1)]?.focus();
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
