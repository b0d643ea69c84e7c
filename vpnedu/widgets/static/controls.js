// The controls of a figure: back, play, step, the rail, a link to the moment, and the speed.

import { linkTo } from "./clock.js";
import { h } from "./kit.js";
import { positionAt, seconds, timeAt } from "./time.js";

const SPEEDS = [["0.5", "½ ×"], ["1", "1 ×"], ["2", "2 ×"]];

// `does` is {toggle, step(by), go(moment), pause}. The rail counts moments, or seconds of a run over time.
export const makeControls = (does) => {
  let clock = null;
  const play = h("button", { type: "button", class: "play", click: () => does.toggle() }, "Play");
  const back = h("button", { type: "button", "aria-label": "Step back", click: () => does.step(-1) }, "◀");
  const onward = h("button", { type: "button", "aria-label": "Step", click: () => does.step(1) }, "▶");
  const rail = h("input", { type: "range", min: 0, max: 1, step: 1, value: 0, "aria-label": "Moment", input: () => { does.pause(); does.go(clock?.times ? positionAt(clock, Number(rail.value)) : Number(rail.value)); } });
  const counter = h("a", { href: "#", title: "A link to this moment" });
  const speed = h("select", { "aria-label": "Speed" }, ...SPEEDS.map(([value, label]) => h("option", { value, selected: value === "1" }, label)));
  const element = h("div", { class: "controls" }, back, play, onward, rail, counter, speed);

  const showTime = (position) => {
    const time = timeAt(clock, position);
    rail.step = 0.1;
    rail.max = clock.until;
    rail.value = time;
    const words = `${seconds(time)} of ${clock.until.toLocaleString("en")} s`;
    rail.setAttribute("aria-valuetext", words);
    // The words between are dropped where there is little room.
    counter.replaceChildren(time.toFixed(1), h("span", { class: "of" }, " s of "), `${clock.until.toLocaleString("en")} s`);
  };

  const showMoment = (position) => {
    const moment = Math.ceil(position);
    rail.step = 1;
    rail.max = clock.length;
    rail.value = moment;
    rail.setAttribute("aria-valuetext", moment ? `moment ${moment} of ${clock.length}` : "before the start");
    counter.textContent = `${moment} of ${clock.length}`;
  };

  const show = (id, preset, position, on) => {
    clock = on;
    (clock.times ? showTime : showMoment)(position);
    counter.href = linkTo(id, preset, position, clock);
    // Not `disabled`: a button that is disabled while it has the focus takes the keys with it.
    back.setAttribute("aria-disabled", position <= 0);
    onward.setAttribute("aria-disabled", position >= clock.length);
  };

  return { element, rail, show, playing: (on) => { play.textContent = on ? "Pause" : "Play"; }, speed: () => Number(speed.value) };
};
