// <vpn-quiz>: the questions of a chapter. Its data is the JSON inside it; what stands there before is
// the quiz for pages without scripts, of which the answers stay, for print.
//
// In a notebook `records` gives what its Python knows already, and `kept(records)` is told of changes.

import { keep } from "./keeping.js";
import { h, say } from "./kit.js";
import { makeQuestion } from "./quiz_question.js";
import { makeSummary } from "./quiz_summary.js";
import { tally } from "./quiz_words.js";

// The section's own words for the link to it; nothing where the page does not have it.
export const linkOf = ({ section }) => {
  const place = section && document.getElementById(section);
  if (!place) return null;
  const heading = place.querySelector("h1, h2, h3, h4") ?? place.closest("section")?.querySelector("h1, h2, h3, h4");
  return { href: `#${section}`, text: heading ? `Reread “${heading.textContent.replace(/[#¶]$/, "").trim()}”` : "Reread the section" };
};

const droppedWords = (count) => count && (count === 1
  ? "One question has changed since you answered it: your answer to it is gone."
  : `${count} questions have changed since you answered them: your answers to them are gone.`);

// How long, in milliseconds, questions are made without letting the page breathe.
const BREATH = 10;

const makeQuiz = async (data, parts, host) => {
  const { quiz, questions } = data;
  const cards = new Map();
  const recordOf = (id) => cards.get(id)?.record();
  let dropped = 0;

  const usable = (question) => {
    const given = [host.records?.[question.id], keep.read(quiz, question.id)].filter(Boolean);
    const record = given.find((each) => each.rev === question.rev) ?? null;
    if (!record && given.length) { keep.forget(quiz, question.id); dropped += 1; }
    return record;
  };
  const shown = () => {
    const { answered, of } = tally(questions, recordOf);
    say(count, `${answered} of ${of} answered`);
    bar.style.inlineSize = `${(100 * answered) / of}%`;
    summary.show();
    say(notice, [droppedWords(dropped), keep.told()].filter(Boolean).join(" "));
  };
  const tellHost = () => host.kept?.(Object.fromEntries(questions.map(({ id }) => [id, recordOf(id)]).filter(([, record]) => record.answer !== null || record.hints)));
  const changed = (id) => (record) => { keep.write(quiz, id, record); shown(); tellHost(); };

  const again = () => {
    const wrong = questions.filter(({ id }) => recordOf(id).checked && recordOf(id).last.status !== "correct");
    wrong.forEach(({ id }) => cards.get(id).again());
    if (wrong.length) cards.get(wrong[0].id).focus();
  };
  const over = () => {
    const seed = Math.max(...questions.map(({ id }) => recordOf(id).seed)) + 1;
    keep.forget(quiz);
    cards.forEach((card, id) => card.show({ rev: questions.find((question) => question.id === id).rev, seed }));
    shown();
    tellHost();
  };
  // Another tab answered: its answer stands here, too.
  const heard = ([kind, name, id]) => {
    if (kind === "quiz" && name === quiz && cards.has(id)) cards.get(id).show(keep.read(quiz, id));
    shown();
  };

  const count = h("span", {});
  const bar = h("i", {});
  const notice = h("p", { class: "q-notice", role: "status" });
  const summary = makeSummary(data, { recordOf, linkTo: linkOf, again, over });
  let since = performance.now();
  for (const [place, question] of questions.entries()) {
    if (performance.now() - since > BREATH) {
      await new Promise((go) => setTimeout(go));
      since = performance.now();
    }
    const objective = data.objectives.find((each) => each.id === question.objective);
    const card = makeQuestion(question, { quiz, record: usable(question), changed: changed(question.id), section: objective && linkOf(objective), number: place + 1, of: questions.length });
    card.element.id = `quiz-${quiz}-${question.id}`;
    cards.set(question.id, card);
  }
  const progress = h("p", { class: "q-progress" }, count, h("span", { class: "q-bar", "aria-hidden": "true" }, bar));
  host.replaceChildren(...[parts.title, notice, progress, ...[...cards.values()].map((card) => card.element), summary.element, parts.answers].filter(Boolean));
  shown();
  if (host.kept && questions.some(({ id }) => recordOf(id).answer !== null)) tellHost();
  return { heard, print: () => { if (parts.answers) parts.answers.open = true; } };
};

export const defineQuiz = () => customElements.get("vpn-quiz") ?? customElements.define("vpn-quiz", class extends HTMLElement {
  connectedCallback() {
    this.making ??= this.make();
    this.deaf = keep.listen((place) => this.quiz?.heard(place));
    addEventListener("beforeprint", this.print);
  }

  print = () => this.quiz?.print();

  async make() {
    const data = JSON.parse(this.querySelector('script[type="application/json"]').textContent);
    this.quiz = await makeQuiz(data, { title: this.querySelector(".q-title"), answers: this.querySelector(".q-answers") }, this);
    this.setAttribute("ready", "");
    // A link to a question is followed once the question is there.
    for (const card of this.querySelectorAll("form")) if (`#${encodeURIComponent(card.id)}` === location.hash) card.scrollIntoView();
  }

  disconnectedCallback() {
    this.deaf();
    removeEventListener("beforeprint", this.print);
  }
});
