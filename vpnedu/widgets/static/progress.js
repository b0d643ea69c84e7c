// <vpn-progress>: what a reader has done in the whole book, and the file that carries it elsewhere.

import { fileOf, sound, valuesOf } from "./checking.js";
import { sumOf, tallied } from "./drawing.js";
import { keep } from "./keeping.js";
import { h, unseen } from "./kit.js";
import { bar, button, dataOf, link, makeSure, makeTold, makeWarning, many, objectiveRows, round } from "./practice_parts.js";
import { remarked } from "./remarking.js";
import { sourceOf } from "./sources.js";

const BIGGEST = 1000000;
const boxWords = ({ box, right, wrong }) => `box ${box} of 5, ${right} right of ${right + wrong}`;

const answersIn = (records) => Object.values(records ?? {}).filter((record) => record?.answer !== null).length;
const countOf = ({ quizzes, exam }) => [...Object.values(quizzes), exam?.questions].reduce((sum, records) => sum + answersIn(records), 0);

// An answer counts once it is checked, and while its question is the one that was answered.
const markOf = (records) => (quiz, question) => {
  const record = Object.hasOwn(records, quiz.quiz) ? records[quiz.quiz][question.id] : null;
  return record?.checked && record.rev === question.rev ? record.last : null;
};

const makeChapters = (quizzes, records) => {
  const rows = tallied(quizzes, markOf(records));
  const words = ({ asked, answered, right, score }) => `${answered} of ${asked} answered, ${right} right, ${many(Number(round(score)), "point")}`;
  const all = sumOf(rows.map(({ whole }) => whole));
  return h("section", { "aria-label": "Chapters" }, h("p", { class: "p-score" }, words(all)), ...rows.map((row) => h("div", { class: "p-chapter" },
    h("p", { class: "p-name" }, link(row.title, row.quiz)), bar(row.whole.answered, row.whole.asked, words(row.whole)),
    h("details", { class: "p-details" }, h("summary", {}, "By objective", unseen(`: ${row.title}`)), objectiveRows(row)))));
};

// Answers that no longer count, and why: the reader can answer those questions again.
const makeStale = (quizzes, records) => {
  const known = new Map(quizzes.flatMap((quiz) => quiz.questions.map(({ id, rev }) => [`${quiz.quiz}/${id}`, rev])));
  const stale = Object.entries(records).flatMap(([quiz, all]) => Object.entries(all).filter(([id, record]) => record?.rev !== known.get(`${quiz}/${id}`)));
  return stale.length ? h("p", { class: "p-warning" }, `${many(stale.length, "answer")} ${stale.length === 1 ? "does" : "do"} not count: the question has changed, or is not in this book.`) : null;
};

const makeDrilled = (generators, records) => {
  const topics = [...new Set(generators.map(({ topic }) => topic))];
  const row = ({ name, title, chapter, section }) => h("li", {}, link(title, chapter, section), " ", h("span", { class: "p-standing" }, records[name] ? boxWords(records[name]) : "not asked yet"));
  return h("details", { class: "p-details" }, h("summary", {}, "Drills by topic"), ...topics.flatMap((topic) =>
    [h("p", { class: "p-name" }, topic), h("ul", { class: "p-objectives" }, ...generators.filter((one) => one.topic === topic).map(row))]));
};

const makeExam = (quizzes, exam) => {
  if (!exam) return h("p", {}, "No exam yet.");
  const drawn = new Set(exam.drawn);
  const questions = exam.questions ?? {};
  const mark = (quiz, question) => { const record = questions[`${quiz.quiz}/${question.id}`]; return drawn.has(`${quiz.quiz}/${question.id}`) ? ((exam.handed && record?.checked && record.rev === question.rev && record.last) || null) : undefined; };
  const { asked, right, score } = sumOf(tallied(quizzes, mark).map(({ whole }) => whole));
  return h("p", {}, link(`Exam number ${exam.seed}`, "exam"), exam.handed ? `: ${round(score)} of ${many(asked, "point")}, ${right} right.` : `: ${answersIn(questions)} of ${exam.drawn.length} answered, not handed in.`);
};

export const defineProgress = () => customElements.get("vpn-progress") ?? customElements.define("vpn-progress", class extends HTMLElement {
  connectedCallback() {
    if (!this.data) this.make();
    this.stop = keep.listen(() => this.show());
  }

  disconnectedCallback() { this.stop(); }

  make() {
    this.data = dataOf(this);
    this.source = sourceOf(this.engine);
    this.warning = makeWarning();
    this.told = makeTold();
    this.shown = h("div", {});
    this.called = h("input", { type: "text", maxlength: "100", autocomplete: "name" });
    const file = h("input", { type: "file", accept: ".json,application/json", change: () => { if (file.files[0]) this.take(file.files[0]); file.value = ""; } });
    this.sure = h("div", {});
    const actions = h("fieldset", { class: "p-actions" }, h("legend", {}, "Your progress as a file"),
      h("p", {}, "It stays in this browser and goes nowhere by itself. A file carries it to another one, or to a teacher."),
      h("p", { class: "p-row" }, h("label", {}, "Your name, if the file shall say it ", this.called), button("Export", () => this.give(), "p-do")),
      h("p", { class: "p-row" }, h("label", {}, "Import a file ", file)),
      h("p", { class: "p-row" }, button("Forget everything", (event) => this.ask(event.currentTarget))), this.sure);
    this.replaceChildren(this.warning.element, this.shown, actions, this.told.element);
    this.setAttribute("ready", "");
    this.show();
  }

  // What was open stays open, and the focus where it was: only the words change.
  show() {
    const { quizzes, generators } = this.data;
    const all = sound(keep.all());
    const open = [...this.shown.querySelectorAll("details")].map((each) => each.open);
    this.warning.show();
    this.shown.replaceChildren(...[makeChapters(quizzes, all.quizzes), makeStale(quizzes, all.quizzes), makeDrilled(generators, all.drills), makeExam(quizzes, all.exam)].filter(Boolean));
    this.shown.querySelectorAll("details").forEach((each, place) => { each.open = open[place] ?? false; });
  }

  give() {
    const data = fileOf(keep.all(), this.called.value.trim(), new Date().toISOString());
    const href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 1)], { type: "application/json" }));
    h("a", { href, download: "vpnedu-progress.json" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10000);
    this.tell(`Saved as vpnedu-progress.json: ${many(countOf(data), "answer")}.`);
  }

  async take(file) {
    try {
      const text = file.size > BIGGEST ? "x".repeat(BIGGEST + 1) : await file.text();
      const values = valuesOf(text);
      this.lay(remarked(values, await this.source.bank()));
    } catch (wrong) {
      this.tell(`${file.name} was not taken. ${wrong.message.replace(/[^.?!]$/, "$&.")} Your progress is as it was.`);
    }
  }

  // A file's answers are laid over those that are there; what it does not speak of stays.
  lay(values) {
    const before = this.snapshot();
    keep.lay(values);
    const count = countOf({ quizzes: values.quizzes });
    const had = new Set(Object.entries(before.all.quizzes).flatMap(([quiz, records]) => Object.keys(records).map((id) => `${quiz}/${id}`)));
    const replaced = Object.entries(values.quizzes).flatMap(([quiz, records]) => Object.keys(records).filter((id) => had.has(`${quiz}/${id}`))).length;
    const more = values.exam ? ` The exam is now number ${values.exam.seed}, with ${many(answersIn(values.exam.questions), "answer")}.` : "";
    this.changed(`Imported ${many(count, "answer")}` + (values.name ? ` of ${values.name}` : "") + `, ${replaced} of them in place of yours.${more}`, before);
  }

  ask(from) {
    const count = countOf(sound(keep.all()));
    const sure = makeSure([h("p", {}, `This forgets ${many(count, "answer")}, all drills and the exam.`)], "Forget everything", () => this.forget(), "Keep it", from);
    this.sure.replaceChildren(sure);
    sure.focus();
  }

  forget() {
    const before = this.snapshot();
    this.empty();
    this.changed("Everything is forgotten.", before);
  }

  snapshot() { return { all: keep.all(), drills: keep.get("drills") }; }
  empty() { for (const kind of ["quiz", "drills", "exam"]) keep.drop(kind); }

  changed(words, before) {
    this.show();
    this.tell(words, " ", button("Undo", () => {
      this.empty();
      keep.lay(before.all);
      if (before.drills) keep.set(before.drills, "drills");
      this.show();
      this.tell("Undone: your progress is as it was.");
    }));
  }

  tell(...words) { this.told.tell(...words); this.told.element.focus(); }
});
