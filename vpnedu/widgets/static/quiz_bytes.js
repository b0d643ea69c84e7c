// Finding a byte: a grid that is walked by arrow keys, and a field for who knows its number.
// What field a byte belongs to is not told, by look, focus or name, until the answer is checked.

import { h } from "./kit.js";
import { prose } from "./quiz_prose.js";
import { makeField } from "./quiz_typed.js";

const ACROSS = 8;

// Where a key leads from byte `at` of `count`; undefined if it leads nowhere.
export const walked = (key, at, count, whole = false) => {
  const row = at - (at % ACROSS);
  const last = Math.min(row + ACROSS, count) - 1;
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - ACROSS, ArrowDown: at + ACROSS, Home: whole ? 0 : row, End: whole ? count - 1 : last }[key];
  return to >= 0 && to < count ? to : undefined;
};

export const placeOf = (answer, count) => (/^\d{1,6}$/.test(answer ?? "") && Number(answer) < count ? Number(answer) : null);

const span = ({ first, last }) => (first === last ? `byte ${first}` : `bytes ${first} to ${last}`);

export const makeBytes = (question, { uid, answered }) => {
  const pairs = question.hex.match(/../g);
  const news = h("p", { class: "unseen", "aria-live": "polite" });
  const says = h("div", { class: "q-says", role: "status" });
  const { element: number, field, complain } = makeField({
    uid, label: "Number of the byte", attributes: { inputmode: "numeric", class: "q-short" },
    input: (value) => { pick(placeOf(value.trim(), pairs.length)); answered(value.trim() || null); },
  });
  const cells = pairs.map((pair, place) => h("td", { role: "gridcell", tabindex: place ? "-1" : "0", "aria-label": `byte ${place}: ${pair}`, click: () => choose(place) }, pair));
  const focus = (place) => {
    cells.forEach((cell, each) => cell.setAttribute("tabindex", each === place ? "0" : "-1"));
    cells[place].focus();
  };
  const pick = (place) => cells.forEach((cell, each) => {
    if (each === place) { cell.setAttribute("aria-selected", "true"); cell.setAttribute("tabindex", "0"); }
    else { cell.setAttribute("aria-selected", "false"); if (place !== null) cell.setAttribute("tabindex", "-1"); }
  });
  const choose = (place) => {
    complain("");
    pick(place);
    field.value = String(place);
    cells[place].focus();
    news.textContent = `Byte ${place} picked: ${pairs[place]}`;
    answered(field.value);
  };
  const keydown = (event) => {
    const at = cells.indexOf(event.target);
    if (at < 0 || event.altKey || event.metaKey) return;
    const to = walked(event.key, at, cells.length, event.ctrlKey);
    if (to !== undefined) focus(to);
    else if (event.key === " " || event.key === "Enter") choose(at);
    else if (!/^(Arrow|Home|End)/.test(event.key)) return;
    event.preventDefault();
  };
  const starts = pairs.map((_, place) => place).filter((place) => place % ACROSS === 0);
  const rows = starts.map((start) => h("tr", { role: "row" }, h("th", { scope: "row", role: "rowheader" }, String(start)), ...cells.slice(start, start + ACROSS)));
  const grid = h("table", { class: "q-hex", role: "grid", "aria-label": `The packet’s bytes in hex, ${ACROSS} in a row, counted from 0`, keydown }, h("tbody", { role: "rowgroup" }, ...rows));

  const write = (answer) => {
    field.value = typeof answer === "string" ? answer : "";
    complain("");
    pick(placeOf(field.value.trim(), cells.length));
    news.textContent = "";
  };
  const fieldOf = (place) => question.fields.find((each) => each.first <= place && place <= each.last);
  const show = (mark) => {
    complain(mark?.status === "invalid" ? mark.wrong : "");
    says.replaceChildren();
    const told = mark && mark.status !== "invalid";
    cells.forEach((cell, place) => {
      // Before that the fields need not even be there: a graded form has none.
      const { id, right } = told ? fieldOf(place) : {};
      cell.setAttribute("aria-label", `byte ${place}: ${pairs[place]}` + (told ? `, ${id}` : ""));
      cell.title = told ? id : "";
      cell.classList.toggle("q-good", Boolean(told && right));
    });
    if (!told) return;
    const named = question.fields.filter((each) => mark.says.includes(each.id) || each.right);
    says.append(...named.flatMap((each) => [
      h("p", { class: `q-word ${each.right ? "q-right" : "q-wrong"}` }, h("span", { "aria-hidden": "true" }, each.right ? "✓" : "✕"), ` ${span(each)}: ${each.id}`), ...(mark.says.includes(each.id) ? prose(each.says) : [])]));
  };
  pick(null);
  return { element: h("div", { class: "q-bytes" }, h("div", { class: "q-scroll" }, grid), h("div", {}, number, says, news)), write, show, focus: () => field.focus() };
};
