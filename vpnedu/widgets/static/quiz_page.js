// What a page of the book loads where it has a quiz: the elements, each defined once.

import { defineQuiz } from "./quiz_element.js";

defineQuiz();
