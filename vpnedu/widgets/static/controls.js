// The controls of a figure: back, play, step, the rail, a link to the moment, and the speed.

import { linkTo } from "./clock.js";
import { h } from "./kit.js";

const SPEEDS = [["0.5", "½ ×"], ["1", "1 ×"], ["2", "2 ×"]];

// `does` is {toggle, step(by), go(moment), pause}.
export const makeControls = (does) => {
  const play = h("button", { type: "button", class: "play", click: () => does.toggle() }, "Play");
  const back = h("button", { type: "button", "aria-label": "Step back", click: () => does.step(-1) }, "◀");
  const onward = h("button", { type: "button", "aria-label": "Step", click: () => does.step(1) }, "▶");
  const rail = h("input", { type: "range", min: 0, max: 1, step: 1, value: 0, "aria-label": "Moment", input: () => { does.pause(); does.go(Number(rail.value)); } });
  const counter = h("a", { href: "#", title: "A link to this moment" });
  const speed = h("select", { "aria-label": "Speed" }, ...SPEEDS.map(([value, label]) => h("option", { value, selected: value === "1" }, label)));
  const element = h("div", { class: "controls" }, back, play, onward, rail, counter, speed);

  const show = (id, preset, position, length) => {
    const moment = Math.ceil(position);
    rail.max = length;
    rail.value = moment;
    rail.setAttribute("aria-valuetext", moment ? `moment ${moment} of ${length}` : "before the start");
    counter.textContent = `${moment} of ${length}`;
    counter.href = linkTo(id, preset, position);
    // Not `disabled`: a button that is disabled while it has the focus takes the keys with it.
    back.setAttribute("aria-disabled", position <= 0);
    onward.setAttribute("aria-disabled", position >= length);
  };

  return { element, rail, show, playing: (on) => { play.textContent = on ? "Pause" : "Play"; }, speed: () => Number(speed.value) };
};
