// What an exam asks, and marks counted together: the twins of quiz/exam.py and quiz/tally.py.
// A quiz is {quiz, title, objectives: [{id, text, section}], questions: [{id, objective, ...}]}, a
// place is "quiz/question". Points are numbers here: they are shown rounded, and stored as text.

import { makeChance } from "./chance.js";

export const placeOf = (quiz, question) => `${quiz.quiz}/${question.id}`;

const queuesOf = (quiz, seed) => {
  const chance = makeChance(seed, `exam/${quiz.quiz}`);
  const first = chance.shuffled(quiz.objectives)
    .map((objective) => quiz.questions.filter((question) => question.objective === objective.id))
    .filter((known) => known.length)
    .map((known) => chance.pick(known));
  return [first, chance.shuffled(quiz.questions.filter((question) => !first.includes(question)))];
};

export const draw = (quizzes, seed, count = null) => {
  const queues = quizzes.map((quiz) => queuesOf(quiz, seed));
  const wanted = count ?? queues.reduce((sum, [first]) => sum + first.length, 0);
  const chapters = makeChance(seed, "exam").shuffled([...quizzes.keys()]);
  const taken = quizzes.map(() => []);
  for (const turn of [0, 1]) {
    while (taken.flat().length < wanted) {
      const left = chapters.filter((chapter) => queues[chapter][turn].length);
      if (!left.length) break;
      const chapter = left.reduce((fewest, each) => (taken[each].length < taken[fewest].length ? each : fewest));
      taken[chapter].push(queues[chapter][turn].shift());
    }
  }
  return quizzes.flatMap((quiz, chapter) => quiz.questions.filter((question) => taken[chapter].includes(question)).map((question) => placeOf(quiz, question)));
};

const NONE = { asked: 0, answered: 0, right: 0, score: 0 };

// Exact text such as "3/4" as a number.
export const pointsOf = (text) => { const [above, below = 1] = text.split("/").map(Number); return above / below; };

const tallyOf = (mark) => {
  if (!mark || mark.status === "blank" || mark.status === "invalid") return { ...NONE, asked: 1 };
  return { asked: 1, answered: 1, right: Number(mark.status === "correct"), score: pointsOf(mark.score) };
};

export const sumOf = (tallies) => tallies.reduce((sum, each) => Object.fromEntries(Object.keys(NONE).map((key) => [key, sum[key] + each[key]])), NONE);

// By chapter and by objective; `markOf(quiz, question)` gives {status, score} or null, and
// undefined for a question that does not count.
export const tallied = (quizzes, markOf) => quizzes.map((quiz) => {
  const asked = quiz.questions.map((question) => [question.objective, markOf(quiz, question)]).filter(([, mark]) => mark !== undefined);
  const tally = (found) => sumOf(found.map(([, mark]) => tallyOf(mark)));
  const objectives = quiz.objectives
    .map((objective) => ({ objective, tally: tally(asked.filter(([id]) => id === objective.id)) }))
    .filter((row) => row.tally.asked);
  return { quiz: quiz.quiz, title: quiz.title, whole: tally(asked), objectives };
}).filter((row) => row.whole.asked);
