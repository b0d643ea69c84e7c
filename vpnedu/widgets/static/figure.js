// A figure: one or two traces on one clock, with its question, controls, keys and links.

import { makeAsk } from "./ask.js";
import { linkTo, makeClock, momentOf, pace, readLink } from "./clock.js";
import { makeForm } from "./form.js";
import { h, prefersStill } from "./kit.js";
import { makeStage } from "./stage.js";

const SPEEDS = [["0.5", "½ ×"], ["1", "1 ×"], ["2", "2 ×"]];

// On a phone one of two stages is seen at a time; both play.
const makeSwitch = (runs, stages) => {
  const buttons = runs.map((run, index) => h("button", { type: "button", click: () => turn(index) }, run.name));
  const turn = (to) => {
    stages.forEach((stage, index) => stage.element.classList.toggle("chosen", index === to));
    buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(index === to)));
  };
  turn(0);
  return h("div", { class: "switch" }, ...buttons);
};

export const makeFigure = (data, getEngine) => {
  const id = data.id;
  let preset = 0;
  let position = 0;
  let stages = [];
  let clock = makeClock([]);
  let ask = null;
  let frame = null;

  const frameBox = h("div", { class: "frame", tabindex: "0", role: "group", "aria-label": `${data.title}. Space plays, arrow keys step, Home and End jump.`, keydown: (event) => onKey(event) });
  const playButton = h("button", { type: "button", class: "play", click: () => (frame ? pause() : play()) }, "Play");
  const back = h("button", { type: "button", "aria-label": "Step back", click: () => step(-1) }, "◀");
  const onward = h("button", { type: "button", "aria-label": "Step", click: () => step(1) }, "▶");
  const rail = h("input", { type: "range", min: 0, max: 1, step: 1, value: 0, "aria-label": "Moment", input: () => { pause(); go(Number(rail.value)); } });
  const counter = h("a", { href: "#", title: "A link to this moment" });
  const speed = h("select", { "aria-label": "Speed" }, ...SPEEDS.map(([value, label]) => h("option", { value, selected: value === "1" }, label)));
  const chooser = h("select", { change: () => { choose(chooser.selectedIndex); } });
  const chooserLabel = h("label", { class: "choose" }, data.chooser ?? "packet", chooser);
  const controls = h("div", { class: "controls" }, back, playButton, onward, rail, counter, speed);
  const transcripts = h("details", {}, h("summary", {}, "The run in words"));

  const fillChooser = () => {
    chooser.replaceChildren(...data.presets.map((each) => h("option", {}, each.label)));
    chooserLabel.hidden = data.presets.length < 2;
  };

  const show = () => {
    stages.forEach((stage, index) => {
      const { event, progress } = momentOf(clock, index, position);
      stage.show(event, progress);
    });
    const moment = Math.ceil(position);
    rail.value = moment;
    rail.setAttribute("aria-valuetext", moment ? `moment ${moment} of ${clock.length}` : "before the start");
    counter.textContent = `${moment} of ${clock.length}`;
    counter.href = linkTo(id, preset, position);
    back.disabled = position <= 0;
    onward.disabled = position >= clock.length;
    ask?.mark(position >= clock.length);
  };

  const go = (to) => { position = Math.min(Math.max(to, 0), clock.length); show(); };
  const pause = () => { cancelAnimationFrame(frame); frame = null; playButton.textContent = "Play"; };
  const step = (by) => { pause(); go(by > 0 ? Math.floor(position) + 1 : Math.ceil(position) - 1); };

  // The longest of the events that share the next moment sets its pace.
  const timing = () => {
    const next = Math.min(Math.floor(position), clock.length - 1);
    const events = stages.map((_, index) => data.presets[preset].runs[index].trace.events[momentOf(clock, index, next + 1).event]);
    const all = events.filter(Boolean).map(pace);
    return { motion: Math.max(...all.map((p) => p.motion)), rest: Math.max(...all.map((p) => p.rest)) };
  };

  const play = () => {
    if (position >= clock.length) position = 0;
    playButton.textContent = "Pause";
    let started = performance.now();
    let slot = Math.floor(position);
    let { motion, rest } = timing();
    const tick = (now) => {
      const passed = (now - started) * Number(speed.value);
      const share = prefersStill() ? 1 : Math.min(passed / motion, 1);
      go(slot + Math.max(share, 0.001));
      if (passed >= motion + rest) {
        slot += 1;
        started = now;
        if (slot >= clock.length) { pause(); return; }
        ({ motion, rest } = timing());
      }
      frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
  };

  const choose = (index, at = 0) => {
    pause();
    preset = Math.min(Math.max(index, 0), data.presets.length - 1);
    chooser.selectedIndex = preset;
    const { runs, ask: question } = data.presets[preset];
    clock = makeClock(runs.map((run) => run.trace));
    stages = runs.map((run) => makeStage(run, data.scenes[run.scene], runs.length > 1));
    rail.max = clock.length;
    ask = question ? makeAsk(question, () => { if (!frame) { if (position >= clock.length) position = 0; play(); } }) : null;
    const two = runs.length > 1;
    const shown = h("div", { class: two ? "stages two" : "stages" }, ...stages.map((stage) => stage.element));
    frameBox.replaceChildren(...[chooserLabel, ask?.element, two ? makeSwitch(runs, stages) : null, shown, form, controls].filter(Boolean));
    transcripts.replaceChildren(transcripts.firstChild, ...stages.map((stage) => stage.transcript));
    go(at);
  };

  const KEYS = { " ": () => (frame ? pause() : play()), ArrowRight: () => step(1), ArrowLeft: () => step(-1), Home: () => { pause(); go(0); }, End: () => { pause(); go(clock.length); } };
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, a")) return;
    if (event.key === " " && event.target.closest("button")) return;
    const act = KEYS[event.key] ?? (/^[1-9]$/.test(event.key) && ask ? () => ask.choose(Number(event.key) - 1) : null);
    if (!act) return;
    event.preventDefault();
    act();
  };

  // A run of the reader's own becomes one more preset; what was there stays.
  const send = async (request) => {
    const answer = await getEngine().ask(request);
    data.scenes.push(...answer.scenes);
    const runs = answer.preset.runs.map((run) => ({ ...run, scene: run.scene + data.scenes.length - answer.scenes.length }));
    data.presets.push({ ...answer.preset, runs });
    fillChooser();
    choose(data.presets.length - 1);
    play();
  };
  const form = getEngine() && data.form ? makeForm(data.form, send, id) : null;

  const follow = () => {
    const link = readLink(decodeURIComponent(location.hash), id);
    if (!link) return;
    choose(link.preset, link.position);
    frameBox.scrollIntoView({ block: "start", behavior: "instant" });
  };

  // On paper a figure shows its end, and the whole run in words.
  const print = () => { pause(); go(clock.length); transcripts.open = true; };

  fillChooser();
  choose(0);
  return { parts: [frameBox, transcripts], follow, pause, print };
};
