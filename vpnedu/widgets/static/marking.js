// What an answer is worth, by the same rules as vpnedu/quiz: tests/quiz/vectors.json holds both to
// the same marks. Pure functions over a compiled question.
import { asText, fraction, minus, ratio, times } from "./exact.js";
import { readNumber } from "./marking_number.js";
import { refuse } from "./marking_text.js";
import { readTyped } from "./marking_typed.js";

const BLANK = { status: "blank", score: [0n, 1n], says: [], wrong: "", read: "" };

const marked = (right, of, says, read) => {
  const score = ratio(BigInt(right), BigInt(of));
  return { status: right === of ? "correct" : right ? "partial" : "incorrect", score, says, wrong: "", read };
};

const plain = (text) => text.map((block) => block.map((piece) => (typeof piece === "string" ? piece : piece[1])).join("")).join("\n");

const isEmptyList = (answer) => Array.isArray(answer) && !answer.length;

// Whether `answer` lists different ids of those in `known`.
const areIds = (answer, known) =>
  Array.isArray(answer) && answer.every((id) => known.includes(id)) && new Set(answer).size === answer.length;

const one = ({ choices }, answer) => {
  if (answer === "") return BLANK;
  const picked = choices.find(({ id }) => id === answer) ?? refuse("that is none of the choices");
  return marked(Number(picked.right), 1, [picked.id], plain(picked.text));
};

// Partial credit for ticks: [points, of], from right ticks, wrong ticks, right and wrong choices.
const TICKS = {
  net: (right, wrong, of) => [Math.max(right - wrong, 0), of],
  each: (right, wrong, of, others) => [right + others - wrong, of + others],
  all: (right, wrong, of) => [Number(right === of && !wrong), 1],
};

const many = ({ choices, credit }, answer) => {
  if (isEmptyList(answer)) return BLANK;
  if (!areIds(answer, choices.map(({ id }) => id))) refuse("that is not a list of the choices");
  const ticked = choices.filter(({ id }) => answer.includes(id));
  const [hit, of] = [ticked, choices].map((some) => some.filter(({ right }) => right).length);
  const says = choices.filter((choice) => choice.right || ticked.includes(choice)).map(({ id }) => id);
  return marked(...TICKS[credit](hit, ticked.length - hit, of, choices.length - of), says, ticked.map(({ text }) => plain(text)).join("; "));
};

const pairs = ({ items, options, credit }, answer) => {
  if (typeof answer !== "object" || Array.isArray(answer)) refuse("that is not a list of pairs");
  // Maps, as an id may be a word that every object knows.
  const given = new Map(Object.entries(answer).filter(([, option]) => option !== null && option !== ""));
  if (!given.size) return BLANK;
  const [ids, texts] = [items.map(({ id }) => id), new Map(options.map(({ id, text }) => [id, plain(text)]))];
  if ([...given].some(([item, option]) => !ids.includes(item) || !texts.has(option))) refuse("that pairs things which are not there");
  const right = items.filter(({ id, option }) => given.get(id) === option).length;
  const read = items.filter(({ id }) => given.has(id)).map(({ id, text }) => `${plain(text)}: ${texts.get(given.get(id))}`);
  const [points, of] = credit === "all" ? [Number(right === items.length), 1] : [right, items.length];
  return marked(points, of, ids, read.join("; "));
};

// The length of the longest run that rises, whatever stands between.
const rising = (order) => {
  const best = [];
  for (const [at, place] of order.entries()) best.push(1 + Math.max(0, ...best.filter((_, before) => order[before] < place)));
  return Math.max(...best);
};

// Partial credit for an order: [points, of], from the right places of the steps as they were put.
const ORDERS = {
  longest: (order) => [rising(order) - 1, order.length - 1],
  position: (order) => [order.filter((place, at) => place === at).length, order.length],
  adjacent: (order) => [order.filter((place, at) => place === order[at - 1] + 1).length, order.length - 1],
  all: (order) => [Number(order.every((place, at) => place === at)), 1],
};

const order = ({ steps, credit }, answer) => {
  if (isEmptyList(answer)) return BLANK;
  const ids = steps.map(({ id }) => id);
  if (!areIds(answer, ids)) refuse("that is not an order of these steps");
  if (answer.length !== ids.length) refuse("some steps are missing");
  const places = answer.map((id) => ids.indexOf(id));
  const says = answer.filter((_, at) => places[at] !== at);
  return marked(...ORDERS[credit](places), says, places.map((place) => plain(steps[place].text)).join("; "));
};

const byte = ({ hex, fields }, answer) => {
  if (answer === "") return BLANK;
  const place = typeof answer === "string" && /^\d{1,6}$/.test(answer) ? Number(answer) : Infinity;
  if (place >= hex.length / 2) refuse(`give the number of a byte, 0 to ${hex.length / 2 - 1}`);
  const picked = fields.find(({ first, last }) => first <= place && place <= last);
  return marked(Number(picked.right), 1, [picked.id], `byte ${place}, ${picked.id}`);
};

const typed = (reader) => (question, answer) => {
  const read = reader(question, answer);
  return read ? marked(Number(read.right), 1, read.hit ? [read.hit.id] : [], read.read) : BLANK;
};

const INPUTS = { one, many, pairs, order, byte, number: typed(readNumber), typed: typed(readTyped) };

const markOf = (question, answer) => {
  if (answer == null) return BLANK;
  try {
    return INPUTS[question.input](question, answer);
  } catch (error) {
    if (typeof error.wrong !== "string") throw error;
    return { ...BLANK, status: "invalid", wrong: error.wrong };
  }
};

// Each hint takes its share of the score, never the verdict.
const lessHints = (score, costs) => {
  const left = costs.reduce((rest, cost) => minus(rest, fraction(cost)), [1n, 1n]);
  return left[0] > 0n ? times(score, left) : [0n, 1n];
};

// The mark of `answer` to a compiled question after `hints` hints: {status, score, says, wrong, read},
// the score exact as text ("0", "3/4", "1").
export const mark = (question, answer, hints = 0) => {
  const found = markOf(question, answer);
  return { ...found, score: asText(lessHints(found.score, question.hints.slice(0, hints).map(({ cost }) => cost))) };
};
