// A graded form: it keeps what is answered, and saves it as a file. It knows no right answer.
//
// The questions stand in the page already and can be read without this script.

import { makeCard } from "./graded_card.js";
import { makeDraft } from "./graded_draft.js";
import { makeSaving } from "./graded_saving.js";
import { localTime, many } from "./graded_words.js";
import { keep } from "./keeping.js";
import { h, say } from "./kit.js";

const NOT_KEPT = "Your browser keeps nothing for this page: save your answers as a file before you leave it.";

const host = document.querySelector("vpn-quiz");
const form = JSON.parse(document.querySelector('script[type="application/json"]').textContent);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

const draft = makeDraft(form, keep, { now, zone: () => zone, app: host.dataset.app });
const notice = h("p", { class: "q-notice", role: "status" });
const count = h("p", { role: "status" });
const bar = h("i", {});
const due = document.querySelector(".g-due time");

const stay = (event) => { event.preventDefault(); event.returnValue = ""; };
const shown = () => {
  const done = cards.filter((card) => !card.blank()).length;
  saving.show();
  say(count, `${done} of ${cards.length} answered`);
  bar.style.width = `${(100 * done) / cards.length}%`;
  if (draft.changed()) addEventListener("beforeunload", stay);
  else removeEventListener("beforeunload", stay);
};
const tell = (...sentences) => say(notice, [keep.lasting ? "" : NOT_KEPT, ...sentences].filter(Boolean).join(" "));
const paintDue = () => {
  if (!due) return;
  due.textContent = localTime(form.due, zone);
  due.parentElement.classList.toggle("g-past", Date.now() > Date.parse(form.due));
};

const cards = form.slots.map((slot, place) => makeCard(slot, document.getElementById(`q${place + 1}`), {
  read: () => draft.answer(slot.slot),
  answered: (answer) => { draft.put(slot.slot, answer); tell(); shown(); },
}));
const saving = makeSaving(form, draft, cards, { zone, changed: () => { paintDue(); shown(); } });

// What another tab of this form answers stands here at once.
keep.listen((names) => {
  if (names.length && !draft.isMine(names)) return;
  const theirs = draft.heard();
  form.slots.forEach(({ slot }, place) => { if (theirs.includes(slot)) cards[place].show(); });
  tell(theirs.length ? `This form is open in another tab, too. What was answered there stands here now: question ${theirs.map((slot) => form.slots.findIndex((each) => each.slot === slot) + 1).join(", ")}.` : "");
  shown();
});

host.querySelector(".g-unscripted").remove();
host.querySelector(".g-head").append(notice);
host.append(saving.element, h("div", { class: "g-bar" }, count, h("span", { class: "q-bar", "aria-hidden": "true" }, bar), h("a", { href: "#hand-in" }, "Save and hand in")));
paintDue();
const restored = cards.filter((card) => !card.blank()).length;
tell(restored ? `Your ${many(restored, "answer")} from before ${restored === 1 ? "is" : "are"} here.` : "");
shown();
host.setAttribute("ready", "");
