// Answers of a progress file, marked anew: what the file says of its own scores is passed over.

import { mark } from "./marking.js";

// `values` with the marks that the book gives. An answer to a question that has changed since, or is
// none of the book's, is left as it is: it counts nowhere.
export const remarked = (values, quizzes) => {
  const known = new Map(quizzes.flatMap((quiz) => quiz.questions.map((question) => [`${quiz.quiz}/${question.id}`, question])));
  const anew = (place, record) => {
    const question = known.get(place);
    if (question?.rev !== record.rev || !record.checked) return record;
    const { status, score } = mark(question, record.answer, record.hints);
    return { ...record, checked: status !== "blank" && status !== "invalid", last: { status, score } };
  };
  const each = (records, placeOf) => Object.fromEntries(Object.entries(records).map(([name, record]) => [name, anew(placeOf(name), record)]));
  return {
    ...values,
    quizzes: Object.fromEntries(Object.entries(values.quizzes).map(([quiz, records]) => [quiz, each(records, (id) => `${quiz}/${id}`)])),
    exam: values.exam && { ...values.exam, questions: each(values.exam.questions, (place) => place) },
  };
};
