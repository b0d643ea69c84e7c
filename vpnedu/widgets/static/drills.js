// <vpn-drills>: one question after another, by topic; what went wrong comes back soon.

import { makeChance } from "./chance.js";
import { isDrill, isDrilling } from "./checking.js";
import { CARRIED, NEW, after, nextOf, stepOf, variantOf } from "./drilling.js";
import { keep } from "./keeping.js";
import { h, unseen } from "./kit.js";
import { button, dataOf, link, makeTold, makeWarning, pictured, trying } from "./practice_parts.js";
import { makeQuestion } from "./quiz_question.js";
import { pageOf, sourceOf } from "./sources.js";

const BOXES = 5;
const HEAD = "drills";
const MORE = "When all forty of a kind were asked, go on with new ones: starts Python in this page, about 7 MB, once";
const AGAIN = "You have seen this one before: all forty questions of its kind were asked.";
const GONE = "Python wrote this question, and is not asked any more.";
const TICK = " For new ones, tick the box above.";
const anySeed = () => crypto.getRandomValues(new Uint32Array(1))[0] % 1000000;

const makeStanding = (generators, recordOf) => {
  const row = (generator) => {
    const { box, right, wrong } = recordOf(generator.name);
    const words = right + wrong ? `box ${box} of ${BOXES}, ${right} right of ${right + wrong}` : "not asked yet";
    return h("li", {}, link(generator.title, generator.chapter, generator.section),
      h("span", { class: "p-boxes" }, h("span", { "aria-hidden": "true" }, "■".repeat(box), "□".repeat(BOXES - box)), " ", words));
  };
  return () => h("ul", { class: "p-drilled" }, ...generators.map(row));
};

const makeTopics = (topics, off, changed) => {
  const boxes = topics.map((topic) => {
    const input = h("input", { type: "checkbox", checked: !off.includes(topic), change: () => changed(boxes.filter(({ input: box }) => !box.checked).map((each) => each.topic)) });
    return { topic, input, label: h("label", {}, input, " ", topic) };
  });
  return h("fieldset", { class: "p-topics" }, h("legend", {}, "Topics"), ...boxes.map(({ label }) => label));
};

const makeMore = (checked, changed) => {
  const input = h("input", { type: "checkbox", checked, change: () => changed(input.checked) });
  return h("label", { class: "p-more" }, input, " ", MORE);
};

export const defineDrills = () => customElements.get("vpn-drills") ?? customElements.define("vpn-drills", class extends HTMLElement {
  connectedCallback() {
    if (!this.generators) this.make();
    this.stop = keep.listen(() => { this.warning.show(); this.stand(); this.offer(); });
  }

  disconnectedCallback() { this.stop(); }

  make() {
    this.generators = dataOf(this).generators;
    this.source = sourceOf(this.engine);
    const topics = [...new Set(this.generators.map(({ topic }) => topic))];
    const kept = keep.get(HEAD);
    this.head = isDrilling(kept) ? kept : { seed: anySeed(), off: [], now: null, record: null };
    // A newer book, or another notebook, may not have what was asked last.
    if (!this.known(this.head.now?.generator)) Object.assign(this.head, { now: null, record: null });
    this.warning = makeWarning();
    this.told = makeTold();
    this.box = h("div", { class: "p-question" });
    this.go = button("Start", () => this.next(), "p-do");
    this.skip = button("Skip this question", () => this.pass());
    this.standing = h("details", { class: "p-details" }, h("summary", {}, "How you stand"));
    this.list = makeStanding(this.generators, (name) => this.recordOf(name));
    const choose = makeTopics(topics, this.head.off, (off) => { this.head.off = off; this.save(); this.told.tell(""); });
    const more = this.source.endless === null ? makeMore(this.head.more === true, (wanted) => this.wish(wanted)) : null;
    this.replaceChildren(...[this.warning.element, choose, more].filter(Boolean), this.box, h("p", { class: "p-row" }, this.go, this.skip), this.told.element, this.standing);
    this.setAttribute("ready", "");
    this.stand();
    this.offer();
    if (this.head.now) this.show(false);
  }

  known(name) { return this.generators.find((generator) => generator.name === name); }
  recordOf(name) { const record = keep.get(HEAD, name); return isDrill(record) ? record : NEW; }
  boxes() { return Object.fromEntries(this.generators.map(({ name }) => [name, this.recordOf(name)])); }
  save() { keep.set(this.head, HEAD); this.warning.show(); }
  settled() { const { now } = this.head; return !now || this.recordOf(now.generator).last >= now.step; }
  stand() { this.standing.replaceChildren(this.standing.firstChild, this.list()); }

  // Whoever ticks it again wants another try; whoever no longer wants to wait need not.
  wish(wanted) {
    Object.assign(this.head, { more: wanted });
    this.lost = false;
    this.save();
    if (this.head.now && !this.box.querySelector(".q-card")) this.show(false);
  }

  endless() { return this.source.endless ?? (this.head.more === true && !this.lost); }
  asked(generator) { const { right, wrong } = this.recordOf(generator); return right + wrong; }

  offer() {
    this.go.textContent = this.head.now ? "Next question" : "Start";
    this.go.hidden = !this.settled();
    this.skip.hidden = this.settled();
  }

  // A question passed over tells nothing of its reader; it only counts as asked.
  pass() {
    const { generator, step } = this.head.now;
    keep.set({ ...this.recordOf(generator), last: step }, HEAD, generator);
    this.next();
  }

  next() {
    const chosen = this.generators.filter(({ topic }) => !this.head.off.includes(topic)).map(({ name }) => name);
    if (!chosen.length) { this.told.tell("Choose at least one topic."); return; }
    const records = this.boxes();
    const step = stepOf(records);
    const generator = nextOf(records, chosen, step, makeChance(this.head.seed, `drill/${step}`));
    const [asked, endless] = [this.asked(generator), this.endless()];
    this.head.now = { generator, step, number: variantOf(this.head.seed, generator, asked, endless) };
    this.head.record = null;
    this.save();
    this.offer();
    this.told.tell(endless || asked < CARRIED ? "" : AGAIN + (this.source.endless === null && !this.lost ? TICK : ""));
    this.show(true);
  }

  // The question of `now`. Python writes it only for who wants that.
  async fetched(now) {
    const written = now.number >= CARRIED;
    if (written && !this.endless()) throw new Error(GONE);
    const question = await this.source.question(now.generator, now.number, (words) => this.told.tell(words));
    if (written && this.source.endless === null) this.told.tell("");
    return question;
  }

  // What Python cannot write gives way to a question that the page carries.
  fallBack(now, wrong, focus) {
    if (now.number < CARRIED || this.source.endless === true) throw wrong;
    if (this.head.now !== now) return;
    this.lost = this.head.more === true;
    Object.assign(this.head, { now: { ...now, number: variantOf(this.head.seed, now.generator, this.asked(now.generator)) }, record: null });
    this.save();
    this.told.tell(`${wrong.message} The drills go on with the forty of each kind that this page carries.`);
    this.show(focus);
  }

  show(focus) {
    const { now } = this.head;
    const generator = this.known(now.generator);
    return trying(this.box, async () => {
      const figure = () => this.source.figure(now.generator, now.number);
      const fetched = await this.fetched(now).catch((wrong) => this.fallBack(now, wrong, focus));
      if (!fetched || this.head.now !== now) return;
      const question = await pictured(fetched, figure);
      if (this.head.now !== now) return;
      const href = pageOf(generator.chapter, generator.section);
      const shown = makeQuestion(question, {
        quiz: now.generator, seed: this.head.seed, record: this.head.record, mode: "practice", section: href ? { href, text: "Reread the section that teaches this" } : null,
        changed: (record) => this.answered(record),
        ...(question.run ? { figure } : {}),
      });
      this.box.replaceChildren(h("p", { class: "p-about" }, `${generator.topic}: `, link(generator.title, generator.chapter, generator.section)), shown.element);
      if (focus) shown.focus();
    });
  }

  // The first check decides; what is tried after it is for learning.
  answered(record) {
    this.head.record = record;
    if (record.first && !this.settled()) {
      const { generator, step } = this.head.now;
      const right = record.first.status === "correct";
      const now = after(this.recordOf(generator), right, step, record.hints > 0);
      keep.set(now, HEAD, generator);
      this.told.tell(unseen(`${this.known(generator).title}: box ${now.box} of ${BOXES}.`));
      this.stand();
      this.offer();
    }
    this.save();
  }
});
