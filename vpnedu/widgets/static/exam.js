// <vpn-exam>: questions of the whole book, drawn by a seed, marked when all are handed in.
//
// All questions stand on one page: a reader can go back, search, print, and see what is left; nothing
// has to be remembered of a question that is out of sight.

import { isExam } from "./checking.js";
import { draw, pointsOf, tallied } from "./drawing.js";
import { keep } from "./keeping.js";
import { h } from "./kit.js";
import { mark } from "./marking.js";
import { bar, button, dataOf, link, makeSure, makeTold, makeWarning, many, objectiveRows, pictured, round, trying } from "./practice_parts.js";
import { makeQuestion } from "./quiz_question.js";
import { pageOf, sourceOf } from "./sources.js";

const HEAD = "exam";
const HIGHEST = 999999;
const COUNTS = [10, 20, 40];
const anySeed = () => crypto.getRandomValues(new Uint32Array(1))[0] % (HIGHEST + 1);
const isBlank = (answer) => answer === null || answer === "" || (typeof answer === "object" && !Object.values(answer).some((one) => one !== null && one !== ""));

// What an exam is drawn by. Whoever types the same number gets the same questions.
const makeStart = (quizzes, begin) => {
  const objectives = draw(quizzes, 0).length;
  const all = quizzes.reduce((sum, quiz) => sum + quiz.questions.length, 0);
  const seed = h("input", { type: "text", inputmode: "numeric", maxlength: "6", size: "8", autocomplete: "off", value: String(anySeed()), "aria-describedby": "exam-seed-wrong" });
  const counts = h("select", {}, h("option", { value: "" }, `one for each objective (${objectives})`),
    ...COUNTS.filter((count) => count < all).map((count) => h("option", { value: count }, String(count))));
  const wrong = h("p", { class: "p-warning", id: "exam-seed-wrong", role: "alert" });
  const submit = (event) => {
    event.preventDefault();
    const text = seed.value.trim();
    const fits = /^[0-9]{1,6}$/.test(text);
    wrong.textContent = fits ? "" : `The exam's number is a whole number from 0 to ${HIGHEST}.`;
    seed.setAttribute("aria-invalid", String(!fits));
    if (fits) begin(Number(text), counts.value ? Number(counts.value) : null);
    else seed.focus();
  };
  return h("form", { class: "p-start", submit, novalidate: true },
    h("p", { class: "p-row" }, h("label", {}, "Exam number", seed), h("label", {}, "Questions", counts)),
    h("p", { class: "p-about" }, "Start with this number, or type the one that was given to you."), wrong, h("p", { class: "p-row" }, h("button", { class: "p-do" }, "Start")));
};

export const defineExam = () => customElements.get("vpn-exam") ?? customElements.define("vpn-exam", class extends HTMLElement {
  connectedCallback() {
    if (!this.quizzes) this.make();
    this.stop = keep.listen((names) => this.heard(names));
  }

  disconnectedCallback() { this.stop(); }

  make() {
    this.quizzes = dataOf(this).quizzes;
    this.source = sourceOf(this.engine);
    this.warning = makeWarning();
    this.told = makeTold();
    this.box = h("div", {});
    this.replaceChildren(this.warning.element, this.told.element, this.box);
    this.setAttribute("ready", "");
    this.open();
  }

  // The exam as it was left, or the form for one.
  open() {
    this.head = this.stored();
    this.cards = [];
    if (this.head) trying(this.box, () => this.show());
    else this.box.replaceChildren(makeStart(this.quizzes, (seed, count) => this.begin(seed, count)));
  }

  stored() { const head = keep.get(HEAD); return isExam(head) ? head : null; }

  begin(seed, count) {
    keep.drop(HEAD);
    keep.set({ seed, count, drawn: draw(this.quizzes, seed, count), handed: false }, HEAD);
    this.open();
    this.told.element.focus();
  }

  recordOf(place) { return keep.get(HEAD, ...place.split("/")); }
  save(place, record) { keep.set(record, HEAD, ...place.split("/")); this.warning.show(); }

  async show() {
    const { head } = this;
    const { seed, drawn, handed } = head;
    const bank = new Map((await this.source.bank()).flatMap((quiz) => quiz.questions.map((question) => [`${quiz.quiz}/${question.id}`, { quiz, question }])));
    // Another tab may have ended this exam while its questions came.
    if (this.head !== head) { if (!this.head) this.open(); return; }
    const asked = [...new Set(drawn)];
    const found = asked.filter((place) => bank.has(place));
    const cards = await Promise.all(found.map((place, number) => this.card({ place, ...bank.get(place), number: number + 1, of: found.length })));
    this.cards = cards;
    this.count = h("p", { class: "p-count", role: "status" });
    this.foot = h("div", { class: "p-foot" });
    this.result = h("div", { class: "p-result", tabindex: "-1", role: "group", "aria-label": "Result" });
    this.box.replaceChildren(h("p", { class: "p-about" }, `Exam number ${seed} · ${many(cards.length, "question")}`), this.result, ...cards.map(({ shown }) => shown.element), this.foot);
    this.told.tell(this.lostWords(asked.length - found.length));
    if (handed) this.finish();
    else this.foot.replaceChildren(this.count, h("p", { class: "p-row" }, button("Hand in", (event) => this.ask(event.currentTarget), "p-do"), button("Give up this exam", (event) => this.giveUp(event.currentTarget))));
    this.counted();
  }

  async card({ place, quiz, question, number, of }) {
    const figure = () => this.source.bankFigure(quiz.quiz, question.id);
    const objective = quiz.objectives.find(({ id }) => id === question.objective);
    const href = objective && pageOf(quiz.quiz, objective.section);
    const shown = makeQuestion(await pictured(question, figure), {
      quiz: quiz.quiz, seed: this.head.seed, record: this.recordOf(place), mode: "exam", number, of,
      section: href ? { href, text: `Reread this in ${quiz.title}` } : null,
      changed: (record) => { if (!this.head.handed) { this.save(place, record); this.counted(); } },
      ...(question.run ? { figure } : {}),
    });
    shown.element.id = `exam-${place.replace("/", "-")}`;
    return { place, quiz, question, shown, number };
  }

  // What a newer book has taken away from a kept exam.
  lostWords(gone) {
    const changed = this.cards.filter(({ place, question }) => (this.recordOf(place)?.rev ?? question.rev) !== question.rev).length;
    return [gone && `${many(gone, "question")} of this exam left the book.`, changed && `${many(changed, "question")} changed since you answered: your answer there is gone.`].filter(Boolean).join(" ");
  }

  counted() {
    const blank = this.cards.filter(({ shown }) => isBlank(shown.record().answer)).length;
    if (this.count) this.count.textContent = `${this.cards.length - blank} of ${many(this.cards.length, "question")} answered`;
  }

  // What is blank, or can't be read, is told before anything is marked.
  ask(from) {
    const marks = this.cards.map((card) => ({ ...card, found: mark(card.question, card.shown.record().answer) }));
    const blank = marks.filter(({ found }) => found.status === "blank");
    const unread = marks.filter(({ found }) => found.status === "invalid");
    if (!blank.length && !unread.length) { this.handIn(); return; }
    const to = ({ number, shown }, words = "") => h("a", { href: `#${shown.element.id}`, click: (event) => { event.preventDefault(); shown.focus(); } }, `Question ${number}${words}`);
    const listed = (cards) => h("ul", {}, ...cards.map((card) => h("li", {}, to(card, card.found.wrong && `: ${card.found.wrong}`))));
    const words = [blank, unread].flatMap((cards, which) => (cards.length ? [h("p", {}, which ? "Not readable, and worth nothing as they stand:" : "Still blank:"), listed(cards)] : []));
    this.confirm(words, "Hand in as it is", () => this.handIn(), "Go on answering", from);
  }

  giveUp(from) {
    this.confirm([h("p", {}, "All answers of this exam will be gone.")], "Give up", () => this.renew(), "Go on answering", from);
  }

  confirm(...wishes) {
    this.foot.querySelector(".p-sure")?.remove();
    const sure = makeSure(...wishes);
    this.foot.append(sure);
    sure.focus();
  }

  renew() {
    keep.drop(HEAD);
    this.open();
    this.told.tell("");
    this.querySelector("input").focus();
  }

  handIn() {
    for (const { place, question, shown } of this.cards) {
      const record = shown.record();
      const { status, score } = mark(question, record.answer, record.hints);
      const last = { status, score };
      const answered = status !== "blank" && status !== "invalid";
      this.save(place, { ...record, checked: answered, tries: Number(answered), first: last, last });
    }
    this.head = { ...this.head, handed: true };
    keep.set(this.head, HEAD);
    this.finish();
    this.result.focus();
    this.result.scrollIntoView({ block: "start" });
  }

  // Marks are made anew from the answers: what is kept may come from a file.
  finish() {
    const marks = new Map(this.cards.map((card) => {
      const record = this.recordOf(card.place);
      const answer = record?.rev === card.question.rev && record.checked ? record.answer : null;
      return [card.question, mark(card.question, answer, record?.hints ?? 0)];
    }));
    for (const { place, question, shown } of this.cards) {
      const left = marks.get(question).status === "blank" || marks.get(question).status === "invalid";
      shown.show({ ...shown.record(), ...this.recordOf(place), checked: !left });
      for (const input of shown.element.querySelectorAll("fieldset")) input.disabled = true;
      if (left) shown.element.append(h("p", { class: "p-warning" }, "Not answered."));
    }
    const rows = tallied([...new Set(this.cards.map(({ quiz }) => quiz))], (_, question) => marks.get(question));
    const points = [...marks.values()].reduce((sum, { score }) => sum + pointsOf(score), 0);
    const right = [...marks.values()].filter(({ status }) => status === "correct").length;
    this.result.replaceChildren(
      h("p", { class: "p-score" }, `${round(points)} of ${many(this.cards.length, "point")}`), h("p", {}, `${right} of ${many(this.cards.length, "question")} right. By chapter, with what to reread:`),
      ...rows.map((row) => h("div", { class: "p-chapter" }, h("p", { class: "p-name" }, link(row.title, row.quiz)), bar(row.whole.score, row.whole.asked, `${round(row.whole.score)} of ${many(row.whole.asked, "point")}`), objectiveRows(row))));
    this.foot.replaceChildren(h("p", { class: "p-row" }, button("New exam", (event) => this.confirm([h("p", {}, "This result goes when a new exam begins. To keep it, export your progress first.")], "New exam", () => this.renew(), "Keep this one", event.currentTarget), "p-do")));
  }

  heard([kind, quiz, id]) {
    this.warning.show();
    if (kind !== undefined && kind !== HEAD) return;
    const head = this.stored();
    if (head?.seed !== this.head?.seed || head?.handed !== this.head?.handed) { this.open(); return; }
    const card = this.cards.find(({ place }) => place === `${quiz}/${id}`);
    if (card && !this.head.handed) { card.shown.show(this.recordOf(card.place)); this.counted(); }
  }
});
