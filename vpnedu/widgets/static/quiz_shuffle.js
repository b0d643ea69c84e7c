// The order in which choices, options and steps are shown: the same for everyone with a seed.
// Python's `vpnedu.widgets.quizzes.shown_order` does the same for pages without scripts.

import { makeChance } from "./chance.js";

const same = (a, b) => a.every((each, place) => each === b[place]);

export const shownOrder = (question, quiz, seed) => {
  const chance = makeChance(seed, `${quiz}/${question.id}`);
  if (question.input === "order") {
    const steps = chance.shuffled(question.steps);
    return same(steps, question.steps) ? [...steps.slice(1), steps[0]] : steps;
  }
  const things = question.input === "pairs" ? question.options : question.choices;
  if (question.ordered) return [...things];
  return [...chance.shuffled(things.filter((thing) => !thing.last)), ...things.filter((thing) => thing.last)];
};
