// Numbers as people write them: the twin of vpnedu/quiz/numbers.py and units.py.
import { fraction, isNear, power, ratio, times, written } from "./exact.js";
import { collapsed, entered, refuse } from "./marking_text.js";

const LONGEST = 40;
const HIGHEST_POWER = 99;

const PARTING = "[ \\u00a0\\u2009\\u202f_'\\u2019]";
const SIGN = "[+\\u2212-]";
const WHOLE = `(?:\\d{1,3}(?:${PARTING}\\d{3})+|\\d+)`;
const PART = `(?:(?:\\d{3}${PARTING})+\\d{1,3}|\\d+)`;
const DECIMAL = `(?:${WHOLE}(?:\\.${PART}?)?|\\.${PART})`;
const NUMBER = new RegExp(`^(${SIGN}?)\\s*(${DECIMAL})(?:\\s*/\\s*(${DECIMAL})|(?:\\s*[x×*]\\s*10\\^|[eE])(${SIGN}?\\d+))?\\s*`);
const HEX = new RegExp(`^${SIGN}?0[xX]`);
const NO_POWER = new RegExp(`^(?:[eE]${SIGN}?$|[x×*]\\s*10)`);
// Digits of other scripts, superscripts, halves.
const OTHER_DIGITS = /[^\P{N}0-9]/u;

const decimal = (text) => {
  const [whole, part = ""] = text.replace(new RegExp(PARTING, "g"), "").split(".");
  return ratio(BigInt(whole + part), 10n ** BigInt(part.length));
};

const powerOf = (text) => {
  const exponent = Number(text.replace("\u2212", "-"));
  return Math.abs(exponent) > HIGHEST_POWER ? refuse(`powers of ten are read up to ${HIGHEST_POWER}`) : power(exponent);
};

// What a unit is worth: symbols by the letter, words in any case.
const scaleOf = (unit, units) => {
  const lower = unit.toLowerCase();
  const known = units.find(([word]) => unit === word || (word.length > 2 && lower === word));
  if (known) return fraction(known[1]);
  if (!units.length) refuse("write the number alone, without a unit");
  const named = units.filter(([, scale], at) => units.findIndex(([, other]) => other === scale) === at).map(([word]) => word);
  const isCase = units.some(([word]) => lower === word.toLowerCase());
  return refuse(`the unit "${unit}" is not known here; write ${named.join(", ")}, or the number alone${isCase ? "; upper and lower case count" : ""}`);
};

const parse = (text, units) => {
  if (text.includes(",")) refuse("a comma can part thousands or stand for the point: write 1420 or 1.42, not 1,420");
  if (OTHER_DIGITS.test(text)) refuse("write the digits 0 to 9 only");
  if (HEX.test(text)) refuse("write the number in decimal, not in hex");
  const match = NUMBER.exec(text);
  const unit = collapsed(text.slice(match?.[0].length));
  if (match && NO_POWER.test(unit)) refuse("a power of ten is written 1.42e3 or 1.42×10^3");
  if (!match || !/^[A-Za-z%]/.test(unit || "%")) refuse("write one number, as in 1420, 1 420, 1.42e3 or 3/4");
  const [, sign, above, below, exponent] = match;
  let value = decimal(above);
  if (below) {
    const [a, b] = decimal(below);
    value = a ? times(value, ratio(b, a)) : refuse("nothing can be divided by 0");
  }
  if (exponent) value = times(value, powerOf(exponent));
  if (unit) value = times(value, scaleOf(unit, units));
  return sign === "" || sign === "+" ? value : [-value[0], value[1]];
};

// The number that was typed, by the worth of its unit; undefined where nothing was. Needs no key.
export const givenNumber = (units, answer) => {
  const text = entered(answer, LONGEST);
  return text ? parse(text, units) : undefined;
};

// {right, says, read}; undefined where nothing was typed.
export const readNumber = (question, answer) => {
  const given = givenNumber(question.units, answer);
  if (!given) return undefined;
  const tolerance = fraction(question.tolerance);
  const hits = (value) => isNear(given, fraction(value), tolerance);
  const right = hits(question.answer);
  return { right, hit: right ? undefined : question.mistakes.find(({ value }) => hits(value)), read: `${written(given)} ${question.unit}`.trim() };
};
