// The table view: a lookup that thinks aloud. Rows light up in the order they are examined.

import { h, unseen } from "./kit.js";

const SIGNS = { won: ["✓", "chosen"], lost: ["✕", "not this one"], tied: ["=", "equal"], "not asked": ["·", "not asked"], todo: ["", "not yet asked"] };

// How each row stands when a lookup is `progress` (0 to 1) done.
export const rowStates = (rows, progress) => {
  const asked = rows.filter((row) => row.state !== "not asked").length;
  const reached = progress >= 1 ? rows.length : Math.floor(progress * asked);
  return rows.map((row, index) => (index < reached ? row.state : "todo"));
};

const isLookup = (event) => event.event === "lookup";

// The lookup that is to be seen at event `index`: the last one asked, or, so that one can predict,
// the first one that will be; -1 if there is none.
export const lookupAt = (events, index) => {
  const last = events.slice(0, index + 1).findLastIndex(isLookup);
  return last < 0 ? events.findIndex(isLookup) : last;
};

const TITLES = {
  policies: (node) => `Policies of ${node}, in order`,
  "inbound policies": (node) => `Inbound check at ${node}`,
  routes: (node) => `Routes of ${node}`,
  "traffic selectors": (node) => `Traffic selectors at ${node}`,
};

// An IPv6 address may break after a colon, where a column is too narrow for it.
const breakable = (text) => text.split(/(?<=:)/).flatMap((part, index) => (index ? [document.createElement("wbr"), part] : [part]));

const drawn = (lookup) => {
  const rows = lookup.rows.map((row) => {
    const sign = h("td", { class: "sign", rowspan: 2 });
    const cells = row.cells.map((cell) => h("td", {}, ...breakable(cell)));
    const why = h("td", { class: "why", colspan: cells.length }, row.reason);
    return { sign, element: h("tbody", {}, h("tr", {}, sign, ...cells), h("tr", {}, why)) };
  });
  const head = h("tr", {}, h("th", { scope: "col" }, unseen("how it fared")), ...lookup.columns.map((name) => h("th", { scope: "col" }, name)));
  const element = h("div", {}, h("p", { class: "panel-name" }, `${TITLES[lookup.table](lookup.node)}: ${lookup.question}`),
    h("table", { "aria-label": TITLES[lookup.table](lookup.node) }, h("thead", {}, head), ...rows.map((row) => row.element)));
  const show = (progress) => rowStates(lookup.rows, progress).forEach((state, index) => {
    const { sign, element: body } = rows[index];
    if (body.dataset.state === state) return;
    body.dataset.state = state;
    body.className = state.replace(" ", "-");
    const [mark, words] = SIGNS[state];
    sign.replaceChildren(h("span", { "aria-hidden": "true" }, mark), unseen(words));
  });
  return { element, show };
};

export const makeTable = (trace) => {
  const lookups = new Map(trace.events.flatMap((event, index) => (isLookup(event) ? [[index, drawn(event)]] : [])));
  const none = h("div", {}, h("p", { class: "panel-name" }, "Tables"), h("p", { class: "sum" }, "No table is asked."));
  // All tables lie in one pile, of which one is seen, so that the page never jumps.
  const element = h("div", {}, h("div", { class: "pile" }, none, ...[...lookups.values()].map((lookup) => lookup.element)));
  const show = (index, progress) => {
    const at = lookupAt(trace.events, index);
    lookups.get(at)?.show(at === index ? progress : Number(at < index));
    const seen = lookups.get(at)?.element ?? none;
    [none, ...[...lookups.values()].map((lookup) => lookup.element)].forEach((each) => each.classList.toggle("shown", each === seen));
  };
  return { element, show };
};
