// What a question says about itself and about its mark, in words.

const KINDS = {
  single: "pick one", multiple: "tick all that are right", "true-false": "true or false?", numeric: "give a number", text: "type the answer",
  matching: "give each its partner", ordering: "put in order", predict: "predict what will happen", bytes: "find the byte",
};
const DIFFICULTY = ["", "recall", "apply", "work out"];

export const about = ({ kind, difficulty }, number, of) =>
  [number && `Question ${number}` + (of ? ` of ${of}` : ""), KINDS[kind], DIFFICULTY[difficulty]].filter(Boolean).join(" · ");

// "3/4" as a number. Scores are exact text; only for adding up and for showing are they numbers.
export const numberOf = (score) => { const [above, below = 1] = score.split("/").map(Number); return above / below; };

const SHARES = { 0: "nothing", "1/2": "half the score", "1/3": "a third of the score", "1/4": "a quarter of the score", "1/5": "a fifth of the score", "1/10": "a tenth of the score", 1: "the whole score" };
export const costWords = (cost) => SHARES[cost] ?? `${cost} of the score`;

export const points = (score) => `${Math.round(100 * numberOf(score)) / 100}`;

const SIGNS = { correct: ["✓", "Right"], partial: ["◐", "Partly right"], incorrect: ["✕", "Not right"], blank: ["–", "Not answered"], invalid: ["!", "Not readable"] };

// Sign and words of a verdict. `hints` is how many were taken before it.
export const verdict = ({ status, score }, hints) => {
  const [sign, word] = SIGNS[status];
  const worth = numberOf(score);
  const partly = status === "partial" || (status === "correct" && worth < 1);
  const after = hints ? ` after ${hints} hint${hints > 1 ? "s" : ""}` : "";
  return [sign, partly ? `${word}: ${points(score)} of 1 point${after}.` : `${word}.`];
};

// Points of several questions added up; an answer counts once it is checked.
export const tally = (questions, recordOf) => {
  const checked = questions.map((question) => recordOf(question.id)).filter((record) => record?.checked);
  const sum = checked.reduce((total, record) => total + numberOf(record.last.score), 0);
  return { of: questions.length, answered: checked.length, points: Math.round(100 * sum) / 100, wrong: checked.filter((record) => record.last.status !== "correct").length };
};
