// Where drills and exams get their questions. A source is
//   endless                             whether there is no end to a generator's questions: true, false,
//                                       or null where that is the reader's wish
//   question(generator, number, tell)   promises a compiled question, whose figure stays behind;
//                                       `tell(words)` says what the reader has to wait for
//   figure(generator, number)           promises that figure's data
//   bank()                              promises the compiled quizzes of the whole book
//   bankFigure(quiz, id)                promises the figure of one of their questions
// or fails with an error whose message is for the reader. A question that has a figure says so by
// `run: true`. This file's two backends are the scripts that the site carries, with Python in the page
// after those, and a kernel.

import { askPython } from "./ask_python.js";
import { CARRIED } from "./drilling.js";
import { HERE, load } from "./loading.js";
import { hasPython } from "./python_engine.js";

const FIGURES = 5; // in one file: a reader wants one of them, and few files are fewer to serve
const LOST = "The questions could not be loaded. Is there a connection?";

const pool = (name) => load(`pools/${name}.js`, () => globalThis.vpneduPools?.[name], LOST);

// An engine sends a question and its figure together; the last is kept for who wants to see its run.
export const makeWriter = (ask) => {
  let kept = { key: "" };
  return (generator, number, tell) => {
    const key = `${generator}/${number}`;
    if (kept.key !== key) {
      const asked = { key, promise: ask({ drill: generator, seed: String(number) }, tell) };
      asked.promise.catch(() => { if (kept === asked) kept = { key: "" }; });
      kept = asked;
    }
    return kept.promise;
  };
};

export const pageSource = () => {
  const write = makeWriter(askPython);
  return {
    endless: hasPython() ? null : false,
    question: async (generator, number, tell) => (number < CARRIED ? (await pool(generator))[number] : (await write(generator, number, tell)).question),
    figure: async (generator, number) => (number < CARRIED ? (await pool(`${generator}.figures-${Math.floor(number / FIGURES)}`))[number % FIGURES] : (await write(generator, number, () => {})).figure),
    bank: () => pool("exam"),
    bankFigure: async (quiz, id) => (await pool(`exam.figures-${quiz}`))[id],
  };
};

export const kernelSource = (engine) => {
  const write = makeWriter((request) => engine.ask(request));
  return {
    endless: true,
    question: async (generator, number) => (await write(generator, number)).question,
    figure: async (generator, number) => (await write(generator, number)).figure,
    bank: async () => (await engine.ask({ exam: "bank" })).quizzes,
    bankFigure: async (quiz, id) => (await engine.ask({ exam: quiz, question: id })).figure,
  };
};

export const sourceOf = (engine) => (engine ? kernelSource(engine) : pageSource());

// A section of a chapter as a link; a notebook has no pages to go to.
export const pageOf = (chapter, section = "") => (HERE ? `${chapter}.html${section && `#${section}`}` : null);
