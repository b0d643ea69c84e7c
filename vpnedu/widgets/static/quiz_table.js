// Data that a question is about, as a table. Where it is too wide it scrolls by itself, also by key.

import { h } from "./kit.js";

export const makeDataTable = ({ caption, columns, rows }) => {
  const head = h("tr", {}, ...columns.map((name) => h("th", { scope: "col" }, name)));
  const body = rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), ...rest.map((cell) => h("td", {}, cell))));
  const box = h("div", { class: "q-scroll" }, h("table", {}, h("caption", {}, caption), h("thead", {}, head), h("tbody", {}, ...body)));
  // A stop for Tab only where there is something to scroll.
  const fit = () => {
    const wide = box.scrollWidth > box.clientWidth;
    for (const [name, value] of Object.entries({ tabindex: "0", role: "region", "aria-label": caption })) {
      if (wide) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
  };
  new ResizeObserver(fit).observe(box);
  return box;
};
