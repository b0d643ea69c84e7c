// The reader's own faults: which, when and for how long, and the timers that answer them.

import { makeAsking, told } from "./form.js";
import { styleEditing } from "./editing_style.js";
import { fillSelect, makeGrid } from "./grid.js";
import { h, say } from "./kit.js";
import { makeStriking } from "./striking.js";

const MOST = 6;
const LONGEST = 100; // characters of a field
const FOREIGN = "This state belongs to another figure.";

// "tunnel-cut#2@30:60" as a row {what: "tunnel-cut#2", at: "30", lasts: "60"}; the first of its kind has no
// number in a text. What is no fault is an empty row.
export const rowOf = (text) => {
  const [, name = "", number = "1", at = "", lasts = ""] = /^([\w-]{1,40})(?:#(\d{1,2}))?@([\d.]{1,12})(?::([\d.]{1,12}))?$/.exec(String(text)) ?? [];
  return { what: name && `${name}#${number}`, at, lasts };
};

export const textOf = ({ what, at, lasts }) => `${String(what).replace(/#1$/, "")}@${at}${lasts ? `:${lasts}` : ""}`;

// Every fault with every thing that it can strike, in words: [{value: "tunnel-cut#2", label: "tunnel 2 cut", thing}].
export const strikesOf = (faults) => faults.flatMap(([name, brief, things]) =>
  things.map((thing, place) => ({ value: `${name}#${place + 1}`, label: brief.replace("{}", thing), things: thing.split(" / ") })));

const isText = (value) => typeof value === "string" && value.length <= LONGEST;

// What of a state is a run of `designs`; an error for the reader where it is none. It may come from anybody.
export const runIn = (state, options) => {
  const own = options.designs === undefined || JSON.stringify(state.design) === JSON.stringify(options.designs);
  const { faults, settings = {}, profile, seed, until } = state;
  const whole = Array.isArray(faults) && faults.length <= MOST && faults.every((text) => isText(text) && rowOf(text).what);
  if (!own || !whole || ![profile, seed, until].every(isText)) throw new Error(FOREIGN);
  if (typeof settings !== "object" || settings === null || !Object.entries(settings).flat().every(isText)) throw new Error(FOREIGN);
  return { rows: faults.map(rowOf), settings, profile, seed, until };
};

const field = (label, input) => h("label", {}, label, input);
const short = (value, attributes = {}) => h("input", { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", class: "short", value, ...attributes });

// Timers: an empty field leaves a timer as the profile has it, which stands in the field's place.
const makeTimers = (options, inputs, ask) => {
  const usual = h("div", { class: "timers" });
  const rest = h("div", { class: "timers" });
  const status = h("p", { class: "about", role: "status" });
  const names = [];
  const add = (place, [name, label, value]) => {
    if (names.includes(name)) { inputs[name].placeholder = value; return; }
    names.push(name);
    inputs[name] = short("", { placeholder: value });
    place.append(field(label, inputs[name]));
  };
  options.settings.forEach((each) => add(usual, each));
  const fill = async (profile) => {
    say(status, "");
    try { (await ask({ timers: profile })).timers.forEach((each) => add(rest, each)); } catch (wrong) { say(status, wrong.message); }
  };
  const all = ask && h("details", { toggle: () => { if (all.open) fill(inputs.profile.value); } }, h("summary", {}, "All timers"), status, rest);
  const read = () => Object.fromEntries(names.map((name) => [name, inputs[name].value.trim()]).filter(([, value]) => value));
  // A timer of a link that is not on show yet gets a field of its own.
  const write = (settings) => {
    Object.keys(settings).forEach((name) => { if (!names.includes(name)) add(rest, [name, name, ""]); });
    names.forEach((name) => { inputs[name].value = settings[name] ?? ""; });
    if (all && Object.keys(settings).some((name) => rest.contains(inputs[name]))) all.open = true;
  };
  const follow = (profile) => { if (all?.open) fill(profile); else names.forEach((name) => { inputs[name].placeholder = `as ${profile}`; }); };
  return { parts: [usual, all].filter(Boolean), read, write, follow };
};

// `options` are {faults: [[name, brief, things]], cases: a list of faults for each preset, profiles, profile,
// settings: [[name, label, value]], set: {name: value}, seed, until} and `designs`, or what gives the documents: `target()`.
export const makeFaultForm = (options, send, id, engine) => {
  styleEditing();
  const strikes = strikesOf(options.faults);
  const blank = () => ({ what: strikes[0]?.value ?? "", at: "30", lasts: "" });
  const grid = makeGrid({
    label: "Faults", noun: "fault", most: MOST, rows: [], blank, changed: () => changed(), hint: "Without any, the day is a quiet one.",
    columns: [{ key: "what", label: "what", kind: "select", options: () => strikes }, { key: "at", label: "at, s", kind: "text", width: "4em" }, { key: "lasts", label: "for, s", kind: "text", width: "4em", empty: "ever" }],
  });
  const inputs = { profile: h("select"), seed: short(""), until: short("") };
  const timers = makeTimers(options, inputs, engine && ((request) => engine.ask(request)));
  const clicks = h("input", { type: "checkbox", checked: true, change: () => striking.show(clicks.checked) });

  const target = () => options.target?.() ?? { design: options.designs };
  const read = () => ({
    ...target(), faults: grid.read().map(textOf), profile: inputs.profile.value, settings: timers.read(),
    seed: inputs.seed.value.trim(), until: inputs.until.value.trim(),
  });
  const fill = ({ rows, settings, profile, seed, until }) => {
    grid.write(rows);
    fillSelect(inputs.profile, options.profiles, profile);
    timers.write(settings);
    inputs.seed.value = seed;
    inputs.until.value = until;
  };
  const write = (state) => fill(runIn(state, options));
  const book = (place) => fill({ rows: (options.cases[place] ?? []).map(rowOf), settings: options.set ?? {}, profile: options.profile, seed: String(options.seed), until: String(options.until) });

  // "fault-2" is the second row; what is wrong with a timer is told at its field, which may be hidden.
  const elsewhere = (name, message) => {
    const place = /^fault-(\d+)$/.exec(name ?? "")?.[1];
    return place ? grid.complain(Number(place) - 1, "what", message) : false;
  };

  let from;
  const form = makeAsking({
    id, label: "Choose faults and timers", button: "Run", inputs, read, write, elsewhere, clear: grid.clear, send: (request) => send(request, from),
    parts: [
      h("div", { class: "vpn-editing wide" }, grid.element, h("label", { class: "check" }, clicks, "break things by clicking them")),
      field("profile", inputs.profile), ...timers.parts, field("seed", inputs.seed), field("run for, s", inputs.until),
    ],
  });
  const changed = () => told(form.element);
  const now = async (time) => { from = time; await form.submit(); from = undefined; };

  const striking = makeStriking({
    strikes,
    planned: () => grid.read(),
    strike: (row) => { grid.write([...grid.read(), row].slice(-MOST)); changed(); return now(Math.max(Number(row.at) - 3, 0)); },
    remove: (place) => { grid.write(grid.read().filter((_, other) => other !== place)); changed(); return now(); },
  });
  const attach = ({ preset, stages, time }) => {
    if (options.cases[preset]) book(preset);
    striking.attach(stages, time);
    striking.show(clicks.checked);
  };

  inputs.profile.addEventListener("change", () => timers.follow(inputs.profile.value));
  form.element.addEventListener("change", (event) => { if (event.target !== clicks && !grid.element.contains(event.target)) changed(); });
  book(0);
  return { ...form, attach };
};
