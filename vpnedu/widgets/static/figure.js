// A figure: one or two traces on one clock, with its question, controls, keys and links.

import { makeAsk } from "./ask.js";
import { makeChange, stateIn } from "./change.js";
import { makeClock, momentOf, pace, positionOf, readLink, timedPace } from "./clock.js";
import { makeControls } from "./controls.js";
import { h, say } from "./kit.js";
import { makePlayback } from "./playback.js";
import { makeSaves } from "./saves.js";
import { makeStage } from "./stage.js";
import { positionAt, timeAt } from "./time.js";

// On a phone one of two stages is seen at a time; both play.
const makeSwitch = (runs, stages, turned, remember) => {
  const buttons = runs.map((run, index) => h("button", { type: "button", click: () => turn(index) }, run.name));
  const turn = (to) => {
    remember(to);
    stages.forEach((stage, index) => stage.element.classList.toggle("chosen", index === to));
    buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(index === to)));
  };
  turn(turned);
  return h("div", { class: "switch" }, ...buttons);
};

// What a key does in a figure; undefined where the key belongs to the control that has the focus.
const actionOf = (event, rail, does) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (event.target.closest("select, textarea, a, summary, .change")) return undefined;
  if (event.target === rail && event.key.length > 1 && !(does.timed() && /^Arrow(Left|Right)$/.test(event.key))) return undefined;
  if (event.key === " ") return event.target.closest("button") || event.repeat ? undefined : does.toggle;
  if (/^[1-9]$/.test(event.key)) return () => does.answer(Number(event.key) - 1);
  return { ArrowRight: () => does.step(1), ArrowLeft: () => does.step(-1), Home: () => does.jump(0), End: () => does.jump(Infinity) }[event.key];
};

export const makeFigure = (data, getEngine) => {
  let preset = 0;
  let turned = 0;
  let stages = [];
  let clock = makeClock([]);
  let ask = null;

  const runs = () => data.presets[preset].runs;

  const show = (position) => {
    stages.forEach((stage, index) => stage.show(momentOf(clock, index, position, runs()[index].trace)));
    say(news, stages.length > 1 ? stages.map((stage, index) => `${runs()[index].name}: ${stage.words()}`).join(". ") : "");
    controls.show(data.id, preset, position, clock);
    ask?.mark(position > 0, position >= clock.length);
  };

  // The longest of the events that happen next sets the pace; a trace that waits has no say.
  const timing = (slot) => {
    if (clock.times) {
      const [before, after] = [slot, slot + 1].map((moment) => runs().map(({ trace }, index) => momentOf(clock, index, moment, trace).words));
      return timedPace(clock, slot, after.filter((words, index) => words !== before[index]).join(" "));
    }
    const events = stages.map((_, index) => [slot, slot + 1].map((moment) => momentOf(clock, index, moment).event));
    const paces = events.flatMap(([before, after], index) => (after === before ? [] : [pace(runs()[index].trace.events[after])]));
    return { motion: Math.max(...paces.map((each) => each.motion)), rest: Math.max(...paces.map((each) => each.rest)) };
  };

  const playback = makePlayback({ length: () => clock.length, timing, speed: () => controls.speed(), moved: show, toggled: (on) => controls.playing(on) });
  const jump = (to) => { playback.pause(); playback.go(to); };
  const controls = makeControls(playback);

  const choose = (index, at = 0) => {
    playback.pause();
    preset = Math.min(Math.max(index, 0), data.presets.length - 1);
    chooser.selectedIndex = preset;
    const question = data.presets[preset].ask;
    clock = makeClock(runs().map((run) => run.trace));
    const two = runs().length > 1;
    stages = runs().map((run) => makeStage(run, data.scenes[run.scene], two, (time) => jump(positionAt(clock, time))));
    ask = question ? makeAsk(question, () => playback.playing() || playback.play()) : null;
    const turner = two ? makeSwitch(runs(), stages, turned, (to) => { turned = to; }) : null;
    const shown = h("div", { class: two ? "stages two" : "stages" }, ...stages.map((stage) => stage.element));
    changing.replaceChildren(...[ask?.element, turner, shown].filter(Boolean));
    transcripts.replaceChildren(transcripts.firstChild, ...stages.map((stage) => stage.transcript));
    playback.go(at);
    change?.attach();
  };

  const fillChooser = () => {
    chooser.replaceChildren(...data.presets.map((each) => h("option", {}, each.label)));
    chooserLabel.hidden = data.presets.length < 2;
  };

  // A run of the reader's own becomes one more preset, once; what was there stays.
  const run = (answer, from = 0) => {
    const traces = (each) => JSON.stringify(each.runs.map(({ trace }) => trace));
    const known = data.presets.findIndex((each) => each.label === answer.preset.label && traces(each) === traces(answer.preset));
    if (known < 0) {
      const first = data.scenes.push(...answer.scenes) - answer.scenes.length;
      data.presets.push({ ...answer.preset, runs: answer.preset.runs.map((each) => ({ ...each, scene: each.scene + first })) });
      fillChooser();
    }
    choose(known < 0 ? data.presets.length - 1 : known);
    if (from) playback.go(positionAt(clock, from));
    playback.play();
  };

  const reach = () => {
    frameBox.focus({ preventScroll: true });
    frameBox.scrollIntoView({ block: "start", behavior: "instant" });
  };

  const follow = () => {
    const state = change && stateIn(location.hash, data.id);
    if (state) { change.bring(state); reach(); return; }
    const link = readLink(location.hash, data.id);
    if (!link) return;
    if (link.preset !== preset) choose(link.preset);
    jump(positionOf(clock, link));
    reach();
  };

  // On paper a figure shows its end, and the whole run in words.
  const print = () => { jump(Infinity); transcripts.open = true; };

  const onKey = (event) => {
    const act = actionOf(event, controls.rail, { ...playback, jump, timed: () => Boolean(clock.times), answer: (index) => ask?.choose(index) });
    if (!act) return;
    event.preventDefault();
    act();
  };

  const chooser = h("select", { change: () => { choose(chooser.selectedIndex); } });
  const chooserLabel = h("label", { class: "choose" }, data.presets[0].runs[0].trace.until === undefined ? "packet" : "fault", chooser);
  // What a preset changes; the rest is never moved, since an element that is moved loses the focus.
  const changing = h("div", { class: "changing" });
  const news = h("p", { class: "unseen", "aria-live": "polite" });
  const transcripts = h("details", {}, h("summary", {}, "The run in words"));
  const view = () => ({ preset, stages: stages.map((stage) => stage.element), time: () => (clock.times ? timeAt(clock, playback.position()) : 0) });
  const label = `${data.title}. Space plays, arrow keys step, Home and End jump.`;
  const frameBox = h("div", { class: "frame", tabindex: "0", role: "group", "aria-label": label, keydown: onKey },
    chooserLabel, changing, controls.element, news);

  new ResizeObserver(() => frameBox.style.setProperty("--bar", `${controls.element.offsetHeight}px`)).observe(controls.element);
  const saves = makeSaves(data.id, () => changing.querySelector(".stages"), { length: () => clock.length, timing, position: playback.position, go: jump, clock: () => clock, traces: () => runs().map((run) => run.trace) });
  let change = null;
  fillChooser();
  choose(0);
  change = makeChange({ id: data.id, options: data.form, engine: getEngine, run, view });
  if (change) frameBox.insertBefore(change.element, controls.element);
  return { parts: [frameBox, transcripts, saves], follow, pause: playback.pause, print };
};
