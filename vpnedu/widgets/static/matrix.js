// The matrix: a table whose cells open the runs behind them, in a player below.

import { makeFigure } from "./figure.js";
import { h } from "./kit.js";
import { unpack } from "./packing.js";
import { makeSaves } from "./saves.js";

// One cell's run as a figure's data.
export const figureOf = (data, row, column) => {
  const name = data.designs[column];
  return {
    id: `${data.id}-${row + 1}-${column + 1}`, title: `${name}: ${data.faults[row]}`, scenes: [data.scenes[column]],
    form: { ...unpack(data.tables, data.forms[column]), cases: [data.cases[row]], seed: data.seeds[row][column] },
    presets: [{ label: `${name}, ${data.faults[row]}`, ask: null, runs: [{ name, scene: 0, trace: unpack(data.tables, data.matrix[row][column]) }] }],
  };
};

export const makeMatrix = (data, table, getEngine) => {
  const run = h("div", { class: "matrix-run" });
  let figure = null;
  let opened = null;

  const open = (button, row, column) => {
    figure?.pause();
    opened?.setAttribute("aria-pressed", "false");
    opened = button;
    button.setAttribute("aria-pressed", "true");
    const shown = figureOf(data, row, column);
    figure = makeFigure(shown, getEngine);
    const title = h("p", { class: "figure-title", tabindex: "-1" }, shown.title);
    run.replaceChildren(title, h("p", { class: "figure-caption" }, `The longest outage of all runs: seed ${data.seeds[row][column]}.`), ...figure.parts);
    title.focus({ preventScroll: true });
    title.scrollIntoView({ block: "nearest", behavior: "instant" });
  };

  const buttons = new Map();
  const rows = [...table.querySelectorAll("tbody tr")];
  rows.forEach((line, row) => [...line.querySelectorAll("td")].forEach((cell, column) => {
    if (!data.matrix[row][column]) return;
    const button = h("button", { type: "button", "aria-pressed": "false", click: () => open(button, row, column) }, ...cell.childNodes);
    cell.append(button);
    buttons.set(`${row + 1}-${column + 1}`, () => open(button, row, column));
  }));

  const print = () => figure?.print();
  // "#fig-matrix-3-2@57.4s" opens the third row's second cell, at 57.4 seconds; "#fig-matrix-3-2~1…" what
  // a reader has made of it.
  const follow = () => {
    const [, name, cell] = /^#(.+?)-(\d+-\d+)(?:[@~].*)?$/.exec(location.hash) ?? [];
    if (name !== data.id || !buttons.has(cell)) return;
    buttons.get(cell)();
    figure.follow();
  };
  return { parts: [table, makeSaves(data.id, () => table), run], follow, pause: () => figure?.pause(), print };
};
