// Breaking things: each thing of a drawn design that a fault can strike is a button; it asks which
// fault, at the time that the figure shows, and for how long.

import { h } from "./kit.js";

const LENGTHS = [["", "for good"], ["30", "for 30 s"], ["60", "for 60 s"], ["120", "for 120 s"]];

// A time as the form takes it: tenths of a second.
export const momentOf = (time) => String(Math.round(Math.max(time, 0) * 10) / 10);

// What can strike the thing called `name`, and what is planned to: [{value, label}], [{place, words}].
export const concerning = (name, strikes, planned) => {
  const possible = strikes.filter(({ things }) => things.includes(name));
  const words = ({ what, at }) => `${possible.find(({ value }) => value === what).label} at ${at} s`;
  const known = planned.map((row, place) => ({ row, place })).filter(({ row }) => possible.some(({ value }) => value === row.what));
  return { possible, known: known.map(({ row, place }) => ({ place, words: words(row) })) };
};

const nameOf = (thing) => thing.dataset.thing ?? thing.dataset.pill ?? thing.dataset.tunnel;

// Beside the thing, and inside its scene, however narrow that is.
const place = (dialog, thing, scene) => {
  const [box, within] = [thing.getBoundingClientRect(), scene.getBoundingClientRect()];
  const left = Math.min(Math.max(box.left - within.left, 4), Math.max(within.width - dialog.offsetWidth - 4, 4));
  dialog.style.left = `${left}px`;
  dialog.style.top = `${box.bottom - within.top + scene.scrollTop + 4}px`;
};

const makeDialog = (title, { possible, known }, does) => {
  const lasts = h("select", {}, ...LENGTHS.map(([value, label]) => h("option", { value }, label)));
  const chosen = (act) => () => { does.close(); act(); };
  const offers = possible.map(({ value, label }) => h("button", { type: "button", click: chosen(() => does.strike(value, lasts.value)) }, label));
  const planned = known.map(({ place: at, words }) => h("button", { type: "button", click: chosen(() => does.remove(at)) }, `take away: ${words}`));
  const onKey = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") does.close();
  };
  const leave = (event) => { if (!dialog.contains(event.relatedTarget)) does.close(false); };
  const dialog = h("div", { class: "vpn-striking", role: "dialog", "aria-label": title, keydown: onKey, focusout: leave },
    h("p", {}, h("b", {}, title)), h("label", {}, "how long ", lasts), ...offers, ...planned, h("button", { type: "button", class: "close", click: () => does.close() }, "Never mind"));
  return dialog;
};

// `strikes` are the faults with their things (`strikesOf` in faults.js), `planned()` the rows so far;
// `strike(row)` and `remove(place)` are called with what the reader has chosen.
export const makeStriking = ({ strikes, planned, strike, remove }) => {
  let stages = [];
  let time = () => 0;
  let shut = null;
  let focused = null;

  const ask = (thing, scene) => {
    shut?.(false);
    const name = nameOf(thing);
    const at = momentOf(time());
    // Taking it away moves the focus out of it, which would close it once more.
    const close = (back = true) => {
      if (shut !== close) return;
      shut = null;
      dialog.remove();
      if (back) thing.focus();
    };
    const dialog = makeDialog(`${name}, at ${at} s`, concerning(name, strikes, planned()), {
      close,
      strike: (what, lasts) => { focused = name; strike({ what, at, lasts }); },
      remove: (where) => { focused = name; remove(where); },
    });
    scene.append(dialog);
    place(dialog, thing, scene);
    shut = close;
    // On a small screen what is asked would begin above its lower edge and end below it.
    dialog.scrollIntoView({ block: "nearest" });
    dialog.querySelector("button, select").focus({ preventScroll: true });
  };

  const things = (stage) => [...stage.querySelectorAll(".scene svg :is([data-thing], [data-pill])")].filter((thing) => strikes.some((one) => one.things.includes(nameOf(thing))));

  const open = (event) => {
    const thing = event.target.closest("[data-breaks]");
    if (!thing || (event.type === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    ask(thing, thing.closest(".scene"));
  };

  const show = (on) => stages.forEach((stage) => {
    // A picture with buttons in it is no picture any more, or they could not be found.
    stage.querySelectorAll(".scene svg").forEach((svg) => svg.setAttribute("role", on ? "group" : "img"));
    things(stage).forEach((thing) => {
      thing.toggleAttribute("data-breaks", on);
      const attributes = { tabindex: "0", role: "button", "aria-haspopup": "dialog", "aria-label": `break ${nameOf(thing)}` };
      for (const [key, value] of Object.entries(attributes)) if (on) thing.setAttribute(key, value); else thing.removeAttribute(key);
    });
  });

  const attach = (now, clock) => {
    shut?.(false);
    [stages, time] = [now, clock];
    stages.forEach((stage) => ["click", "keydown"].forEach((kind) => stage.addEventListener(kind, open)));
    if (!focused) return;
    const again = stages.flatMap(things).find((thing) => nameOf(thing) === focused && thing.getClientRects().length);
    focused = null;
    // The stage is in the page only after this.
    if (again) requestAnimationFrame(() => again.focus());
  };
  return { attach, show };
};
