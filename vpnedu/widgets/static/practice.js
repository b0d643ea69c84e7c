// The elements beside the chapters' quizzes: drills, exam, and the progress of the whole book.

import { defineDrills } from "./drills.js";
import { defineExam } from "./exam.js";
import { defineProgress } from "./progress.js";

export const definePractice = () => {
  defineDrills();
  defineExam();
  defineProgress();
};
