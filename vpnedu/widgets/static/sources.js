// Where drills and exams get their questions. A source is
//   variants                            how many questions of each generator it has
//   question(generator, number)         promises a compiled question, whose figure stays behind
//   figure(generator, number)           promises that figure's data
//   bank()                              promises the compiled quizzes of the whole book
//   bankFigure(quiz, id)                promises the figure of one of their questions
// or fails with an error whose message is for the reader. A question that has a figure says so by
// `run: true`. This file's two backends are the scripts that the site carries, and a kernel.

import { HERE, load } from "./loading.js";

const FIGURES = 5; // in one file: a reader wants one of them, and few files are fewer to serve
const LOST = "The questions could not be loaded. Is there a connection?";

const pool = (name) => load(`pools/${name}.js`, () => globalThis.vpneduPools?.[name], LOST);

export const pageSource = () => ({
  variants: 40,
  question: async (generator, number) => (await pool(generator))[number],
  figure: async (generator, number) => (await pool(`${generator}.figures-${Math.floor(number / FIGURES)}`))[number % FIGURES],
  bank: () => pool("exam"),
  bankFigure: async (quiz, id) => (await pool(`exam.figures-${quiz}`))[id],
});

// The kernel sends a question and its figure together.
export const kernelSource = (engine) => {
  const drilled = new Map();
  const ask = (generator, number) => {
    const key = `${generator}/${number}`;
    if (!drilled.has(key)) drilled.set(key, engine.ask({ drill: generator, seed: String(number) }).catch((wrong) => { drilled.delete(key); throw wrong; }));
    return drilled.get(key);
  };
  return {
    variants: 60000,
    question: async (generator, number) => (await ask(generator, number)).question,
    figure: async (generator, number) => (await ask(generator, number)).figure,
    bank: async () => (await engine.ask({ exam: "bank" })).quizzes,
    bankFigure: async (quiz, id) => (await engine.ask({ exam: quiz, question: id })).figure,
  };
};

export const sourceOf = (engine) => (engine ? kernelSource(engine) : pageSource());

// A section of a chapter as a link; a notebook has no pages to go to.
export const pageOf = (chapter, section = "") => (HERE ? `${chapter}.html${section && `#${section}`}` : null);
