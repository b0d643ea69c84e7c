// A table to write in: rows are added, deleted and, where their order decides, moved.

import { mark, unmarkAll } from "./complaints.js";
import { joined, listed, moved, numberOf, withValue } from "./editing.js";
import { h, say, unseen } from "./kit.js";

const choice = ({ value, label }, chosen) => h("option", { value, selected: value === chosen }, label);

// The choices of a select; a value that is none of them is kept, and said to be missing.
export const fillSelect = (select, options, value) => {
  const known = options.map((option) => (typeof option === "string" ? { value: option, label: option } : option));
  const all = known.some((option) => option.value === value) ? known : [...known, { value, label: value ? `${value} (not there)` : "choose" }];
  select.replaceChildren(...all.map((option) => choice(option, value)));
};

// How a value stands in a control, and how it is read back.
const KINDS = {
  text: {
    make: (value, column) => h("input", { type: "text", autocomplete: "off", spellcheck: "false", value: joined(value), placeholder: column.empty }),
    read: (input, column) => (column.list ? listed(input.value) : input.value.trim()),
  },
  number: {
    make: (value, column) => h("input", { type: "text", inputmode: "numeric", autocomplete: "off", value: value ?? "", placeholder: column.empty }),
    read: (input, column) => (input.value.trim() === "" ? undefined : numberOf(input.value, column.fraction)),
  },
  select: {
    make: (value, column) => { const select = h("select"); fillSelect(select, column.options(value), String(value ?? "")); return select; },
    read: (input) => input.value,
  },
  check: {
    make: (value) => h("input", { type: "checkbox", checked: value === true }),
    read: (input) => input.checked,
  },
};

// One control of a document: {input, touched(), read(), refresh()}. What was not touched is read as it was.
export const makeControl = (column, value) => {
  const kind = KINDS[column.kind];
  const input = kind.make(value, column);
  let touched = false;
  input.addEventListener("input", () => { touched = true; });
  const offered = () => JSON.stringify(column.options?.(value));
  let last = offered();
  // Most choices stay as they are; to lay them anew takes a while.
  const refresh = () => {
    const now = offered();
    if (now !== last) fillSelect(input, column.options(value), input.value);
    last = now;
  };
  return { input, refresh, touched: () => touched, read: () => (touched ? kind.read(input, column) : value) };
};

const ACTIONS = [["up", "↑", "Move", -1], ["down", "↓", "Move", 1]];

// A row: its controls by key, its head with its number, and its buttons. `row` itself is kept, with
// what the table does not show of it.
const makeRow = (row, columns, ordered, does) => {
  const controls = Object.fromEntries(columns.map((column) => [column.key, makeControl(column, column.from ? column.from(row) : row[column.key])]));
  const number = h("span");
  const head = h("th", { scope: "row" }, number);
  const cells = columns.map((column) => h("td", { "data-label": column.label, class: column.kind === "check" ? "check" : null }, controls[column.key].input));
  columns.forEach((column, place) => { if (column.width) { cells[place].classList.add("narrow"); cells[place].style.setProperty("--least", column.width); } });
  const buttons = Object.fromEntries((ordered ? ACTIONS : []).map(([name, sign, , by]) => [name, h("button", { type: "button", click: () => does.move(self, by) }, sign)]));
  buttons.delete = h("button", { type: "button", click: () => does.delete(self) }, "✕");
  const element = h("tr", {}, head, ...cells, h("td", { class: "does" }, ...Object.values(buttons)));
  const read = () => columns.reduce((now, column) => {
    if (!controls[column.key].touched()) return now;
    const value = controls[column.key].read();
    if (column.into) return column.into(now, value);
    return withValue(now, column.key, value);
  }, row);
  const self = { element, controls, buttons, number, read };
  return self;
};

// `label` names the table, `noun` one row of it, `of` whose it is. A column is {key, label, kind, options,
// width, empty}; one whose cell shows more than one key has from(row) and into(row, value), and `keys`.
// `ordered`: the rows' order decides, and they can be moved. `changed` is called once for each change.
export const makeGrid = ({ label, noun = "row", of = "", columns, rows, blank, most = 60, ordered = false, hint = "", changed = () => {} }) => {
  let lines = [];
  const news = h("p", { class: "unseen", "aria-live": "polite" });
  const body = h("tbody");
  const whose = of ? ` of ${of}` : "";

  const named = () => lines.forEach((line, place) => {
    const name = `${noun} ${place + 1}`;
    line.number.textContent = place + 1;
    columns.forEach((column) => line.controls[column.key].input.setAttribute("aria-label", `${column.label}, ${name}${whose}`));
    line.buttons.delete.setAttribute("aria-label", `Delete ${name}${whose}`);
    ["up", "down"].forEach((way) => line.buttons[way]?.setAttribute("aria-label", `Move ${name}${whose} ${way}`));
    // Not `disabled`: a button that is disabled while it has the focus takes the keys with it.
    line.buttons.up?.setAttribute("aria-disabled", place === 0);
    line.buttons.down?.setAttribute("aria-disabled", place === lines.length - 1);
  });

  const counted = () => {
    empty.hidden = lines.length > 0;
    table.hidden = lines.length === 0;
    add.setAttribute("aria-disabled", lines.length >= most);
    named();
  };

  const does = {
    // It is the neighbour that is moved in the page: a row that is moved loses the focus.
    move: (line, by) => {
      const from = lines.indexOf(line);
      const neighbour = lines[from + by];
      if (!neighbour) return;
      lines = moved(lines, from, from + by);
      if (by < 0) line.element.after(neighbour.element);
      else line.element.before(neighbour.element);
      counted();
      say(news, `${noun} moved to place ${from + by + 1}`);
      changed();
    },
    delete: (line) => {
      const place = lines.indexOf(line);
      lines = lines.filter((other) => other !== line);
      line.element.remove();
      counted();
      (lines[Math.min(place, lines.length - 1)]?.buttons.delete ?? add).focus();
      say(news, `${noun} ${place + 1} deleted`);
      changed();
    },
  };

  const grow = () => {
    if (lines.length >= most) return say(news, `${most} are the most that fit here`);
    const line = makeRow(blank(), columns, ordered, does);
    lines = [...lines, line];
    body.append(line.element);
    counted();
    const first = line.controls[columns[0].key].input;
    first.focus();
    first.select?.();
    say(news, `${noun} ${lines.length} added`);
    return changed();
  };

  const onKey = (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!ordered || !event.altKey || !by) return;
    event.preventDefault();
    does.move(lines.find((line) => line.element.contains(event.target)), by);
  };

  const more = `Add ${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
  const add = h("button", { type: "button", class: "add", click: grow, "aria-label": `${more}${of ? ` to ${of}` : ""}` }, more);
  const empty = h("p", { class: "none" }, h("b", {}, `${label}: `), `none. ${hint}`);
  const head = h("tr", {}, h("th", { scope: "col" }, unseen("place")), ...columns.map((column) => h("th", { scope: "col" }, column.label)), h("th", { scope: "col" }, unseen("what to do with the row")));
  const table = h("table", { keydown: onKey, change: () => changed() }, h("caption", {}, h("bdi", {}, label), hint && h("span", { class: "hint" }, ` ${hint}`)), h("thead", {}, head), body);
  const element = h("div", { class: "grid" }, table, empty, add, news);

  const write = (now) => {
    lines = now.slice(0, most).map((row) => makeRow(row, columns, ordered, does));
    body.replaceChildren(...lines.map((line) => line.element));
    counted();
  };
  // The control of `key` in the row at `place`; the row's first where it has none of that name.
  const find = ([place, key]) => {
    const line = lines[Number(place)];
    const column = columns.find((one) => one.key === key || one.keys?.includes(key)) ?? columns[0];
    return line?.controls[column.key].input ?? (place === undefined ? add : null);
  };
  const complain = (place, key, message) => {
    const input = find([place, key]);
    if (!input) return false;
    const first = !element.querySelector("[aria-invalid]");
    mark(input, message);
    if (first) input.focus();
    return true;
  };
  write(rows);
  return {
    element, write, complain, find,
    read: () => lines.map((line) => line.read()),
    clear: () => unmarkAll(element),
    refresh: () => lines.forEach((line) => Object.values(line.controls).forEach((control) => control.refresh())),
  };
};
