// Ordering: a list whose steps are moved by buttons, or dragged by their handles.
//
// A step that moves stays where it is in the page and the others are put around it: an element that
// is moved loses the focus, and the pointer that drags it.

import { h, unseen } from "./kit.js";
import { plain, prose } from "./quiz_prose.js";

// `list` with the thing at `from` put to `to`.
export const moved = (list, from, to) => {
  const rest = list.filter((_, place) => place !== from);
  return [...rest.slice(0, to), list[from], ...rest.slice(to)];
};

export const makeOrder = (question, { shown, answered }) => {
  const news = h("p", { class: "unseen", "aria-live": "polite" });
  const list = h("ol", { class: "q-steps" });
  const names = question.steps.map((step) => step.id);

  const makeRow = (step) => {
    const name = plain(step.text);
    const button = (by, word, sign) => h("button", { type: "button", class: "q-move", click: () => move(row, rows.indexOf(row) + by) }, h("span", { "aria-hidden": "true" }, sign), unseen(`Move ${word}: ${name}`));
    const [up, down] = [button(-1, "up", "↑"), button(1, "down", "↓")];
    const says = h("div", { class: "q-says" });
    const grip = h("span", { class: "q-grip", "aria-hidden": "true", pointerdown: (event) => drag(row, grip, event) }, "⠿");
    const element = h("li", { class: "q-step" }, grip, h("span", { class: "q-name" }, ...prose(step.text, "span")), h("span", { class: "q-moves" }, up, down), says);
    const row = { step, name, up, down, says, element };
    return row;
  };
  let rows = shown.map(makeRow);

  // Everything but `still` is put in its place around it.
  const lay = (still) => {
    const at = rows.indexOf(still);
    rows.forEach(({ element }, place) => { if (place < at) list.insertBefore(element, still.element); else if (place > at) list.append(element); });
    rows.forEach(({ up, down }, place) => { up.setAttribute("aria-disabled", String(place === 0)); down.setAttribute("aria-disabled", String(place === rows.length - 1)); });
  };
  const move = (row, to) => {
    if (to < 0 || to >= rows.length || to === rows.indexOf(row)) return;
    rows = moved(rows, rows.indexOf(row), to);
    lay(row);
    news.textContent = `${row.name}: now ${to + 1} of ${rows.length}`;
    answered(rows.map((each) => each.step.id));
  };

  const drag = (row, grip, start) => {
    if (start.button) return;
    start.preventDefault();
    grip.setPointerCapture(start.pointerId);
    row.element.classList.add("q-held");
    const follow = ({ clientY }) => {
      // The place below every other step whose middle is above the pointer.
      const others = rows.filter((each) => each !== row).map((each) => each.element.getBoundingClientRect());
      move(row, others.filter((box) => box.top + box.height / 2 < clientY).length);
    };
    const stop = () => {
      row.element.classList.remove("q-held");
      grip.removeEventListener("pointermove", follow);
    };
    grip.addEventListener("pointermove", follow);
    for (const end of ["pointerup", "pointercancel"]) grip.addEventListener(end, stop, { once: true });
  };

  const write = (answer) => {
    const wanted = Array.isArray(answer) && answer.length === names.length && names.every((name) => answer.includes(name)) ? answer : shown.map((step) => step.id);
    rows = wanted.map((name) => rows.find((row) => row.step.id === name));
    list.replaceChildren(...rows.map((row) => row.element));
    lay(rows[0]);
    news.textContent = "";
  };
  const show = (mark) => rows.forEach(({ step, says, element }, place) => {
    const right = names[place] === step.id;
    element.classList.toggle("q-good", Boolean(mark && right));
    element.classList.toggle("q-bad", Boolean(mark && !right));
    says.replaceChildren();
    if (mark) says.append(h("p", { class: "q-word" }, h("span", { "aria-hidden": "true" }, right ? "✓" : "✕"), right ? " in its place" : ` belongs at ${names.indexOf(step.id) + 1}`), ...(mark.says.includes(step.id) ? prose(step.says) : []));
  });
  write(null);
  return { element: h("div", {}, list, news), write, show, focus: () => rows[0].down.focus() };
};
