// The reader's own faults: which, when and for how long, and the timers that answer them.

import { makeAsking } from "./form.js";
import { h } from "./kit.js";

const ROWS = 3;

// "tunnel-cut#2@30:60" and its parts: name, number, start, duration.
export const partsOf = (text) => {
  const [, name, number = "", at = "", lasts = ""] = /^([\w-]+)(?:#(\d+))?@([\d.]+)(?::([\d.]+))?$/.exec(text ?? "") ?? [null, ""];
  return { name, number, at, lasts };
};

export const textOf = ({ name, number, at, lasts }) => `${name}${number ? `#${number}` : ""}@${at}${lasts ? `:${lasts}` : ""}`;

const field = (label, input) => h("label", {}, label, input);
const number = (value, attributes = {}) => h("input", { type: "text", inputmode: "decimal", autocomplete: "off", class: "short", value, ...attributes });

const faultRow = (names, text, place) => {
  const given = partsOf(text);
  const name = h("select", {}, h("option", { value: "" }, "none"), ...names.map((each) => h("option", { value: each, selected: each === given.name }, each.replaceAll("-", " "))));
  const [which, at, lasts] = [number(given.number, { placeholder: "1" }), number(given.at || String(30 * (place + 1))), number(given.lasts, { placeholder: "ever" })];
  const element = h("fieldset", { class: "fault-row" }, h("legend", {}, `fault ${place + 1}`), field("what", name), field("number", which), field("at, s", at), field("for, s", lasts));
  const read = () => textOf({ name: name.value, number: which.value.trim(), at: at.value.trim(), lasts: lasts.value.trim() });
  return { element, name, chosen: () => name.value !== "", read };
};

const settingInput = (value) => (typeof value === "boolean"
  ? h("select", {}, ...["yes", "no"].map((word) => h("option", { selected: (word === "yes") === value }, word)))
  : number(String(value)));

const written = (value) => (typeof value === "boolean" ? (value ? "yes" : "no") : String(value));

export const makeFaultForm = (options, send, id) => {
  const rows = Array.from({ length: ROWS }, (_, place) => faultRow(options.faults, options.case[place], place));
  const profile = h("select", {}, ...options.profiles.map((name) => h("option", { selected: name === options.profile }, name)));
  const seed = number(String(options.seed));
  const until = number(String(options.until));
  const settings = options.settings.map(([name, label, value]) => ({ name, label, value, input: settingInput(value) }));
  const inputs = { profile, seed, until };
  settings.forEach(({ name, input }) => { inputs[name] = input; });
  const read = () => {
    const chosen = rows.filter((row) => row.chosen());
    // The engine counts the faults that it is given.
    rows.forEach((row) => { delete inputs[`fault-${chosen.indexOf(row) + 1}`]; });
    chosen.forEach((row, place) => { inputs[`fault-${place + 1}`] = row.name; });
    // What the reader left as the profile has it is left to the profile, whichever it is.
    const changed = settings.filter(({ value, input }) => input.value.trim() !== written(value));
    return {
      design: options.designs, faults: chosen.map((row) => row.read()), profile: profile.value,
      settings: Object.fromEntries(changed.map(({ name, input }) => [name, input.value.trim()])),
      seed: seed.value.trim(), until: until.value.trim(),
    };
  };
  const parts = [...rows.map((row) => row.element), field("profile", profile), ...settings.map(({ label, input }) => field(label, input)), field("seed", seed), field("run for, s", until)];
  return makeAsking({ id, label: "Choose faults and timers", button: "Run", inputs, parts, read, send });
};
