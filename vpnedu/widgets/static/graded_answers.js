// Answers to a form, judged by their form alone: a page that a student takes home has no key.

import { givenNumber } from "./marking_number.js";
import { givenTyped } from "./marking_typed.js";

// Much more than is ever read, and too little to make a file too large to be taken.
export const LONGEST = 500;

const TYPED = ["number", "typed", "byte"];

export const isBlank = (answer) => answer === null || answer === undefined || answer === "" || (typeof answer === "object" && Object.keys(answer).length === 0);

const isAmong = (things, id) => things.some((thing) => thing.id === id);
const areAmong = (things, ids) => Array.isArray(ids) && ids.every((id) => isAmong(things, id)) && new Set(ids).size === ids.length;

const FITS = {
  one: ({ choices }, answer) => isAmong(choices, answer),
  many: ({ choices }, answer) => areAmong(choices, answer),
  pairs: ({ items, options }, answer) => !Array.isArray(answer) && typeof answer === "object" && Object.entries(answer).every(([item, option]) => isAmong(items, item) && isAmong(options, option)),
  order: ({ steps }, answer) => areAmong(steps, answer) && answer.length === steps.length,
};

// Whether `answer` is one that the form's question can have; what a browser kept may be damaged.
export const fits = (slot, answer) => !isBlank(answer) && (TYPED.includes(slot.input) ? typeof answer === "string" && answer.length <= LONGEST : FITS[slot.input](slot, answer));

const refusal = (read) => {
  try {
    read();
    return "";
  } catch (error) {
    if (typeof error.wrong !== "string") throw error;
    return error.wrong;
  }
};

const byte = (count, text) => (/^\d{1,6}$/.test(text.trim()) && Number(text) < count ? "" : `give the number of a byte, 0 to ${count - 1}`);

// Why an answer can't be read, "" where it can or where nothing is answered. Right or wrong is not told.
export const unreadable = (slot, answer) => {
  if (isBlank(answer)) return "";
  if (slot.input === "number") return refusal(() => givenNumber(slot.units, answer));
  if (slot.input === "typed") return refusal(() => givenTyped(slot.form, answer));
  return slot.input === "byte" ? byte(slot.hex.length / 2, answer) : "";
};
