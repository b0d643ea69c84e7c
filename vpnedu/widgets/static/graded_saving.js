// The end of a form: saving the file that is handed in, its receipt, and a copy to read.

import { copyText } from "./graded_copy.js";
import { fileName, localTime } from "./graded_words.js";
import { h, say } from "./kit.js";

const SOON = 60_000;

const download = (name, type, text) => {
  const href = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), SOON);
};

// Where a browser has no clipboard for a page, what is selected can still be copied.
const copied = async (area) => {
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
};

// What is blank, or can't be read, before anything is saved.
const makeSure = (cards, yes, no) => {
  const link = ({ element, focus, wrong }) => h("li", {}, h("a", { href: `#${element.id}`, click: (event) => { event.preventDefault(); focus(); } }, `Question ${element.id.slice(1)}`), wrong() && `: ${wrong()}`);
  const part = (words, some) => (some.length ? [h("p", {}, words), h("ul", {}, ...some.map(link))] : []);
  const [blank, wrong] = [cards.filter((card) => card.blank()), cards.filter((card) => card.wrong())];
  const parts = [...part("Still blank:", blank), ...part("Can’t be read as it stands, and would be worth nothing:", wrong)];
  const go = () => { no(); (blank[0] ?? wrong[0] ?? cards[0]).focus(); };
  return h("div", { class: "g-sure", role: "group", tabindex: "-1", "aria-label": "Before you save" }, ...(parts.length ? parts : [h("p", {}, "Every question is answered now.")]),
    h("div", { class: "q-actions" }, h("button", { type: "button", class: "q-check", click: yes }, parts.length ? "Save as it is" : "Save now"), h("button", { type: "button", click: go }, "Go on answering")));
};

const makeReceipt = (name, { receipt, client }, zone) => [
  h("p", {}, h("strong", {}, "Now hand the file in"), " where your teacher said. This page sends nothing."),
  h("p", {}, h("code", {}, name)),
  h("p", { class: "g-about" }, "The receipt of this file. Write it down:"),
  h("p", { class: "g-receipt" }, receipt),
  h("p", { class: "g-about" }, `Saved ${localTime(client.saved, zone)}. The code belongs to this file alone: with it you can show that your file was not changed after you saved it.`),
];

// `cards` are all questions, `changed` is called after every save.
export const makeSaving = (form, draft, cards, { zone, changed }) => {
  const name = `${fileName(form)}.vpnq.json`;

  // The way to save that waits for an answer, or null.
  let waiting = null;
  const paintSure = () => asking.replaceChildren(...(waiting ? [makeSure(cards, () => save(waiting), () => { waiting = null; paintSure(); })] : []));
  const save = (way) => {
    waiting = null;
    way(draft.file().text);
    changed();
    result.focus();
  };
  // Either saves at once, or asks first what was left out by mistake.
  const ask = (way) => () => {
    if (!cards.some((card) => card.blank() || card.wrong())) { save(way); return; }
    waiting = way;
    paintSure();
    asking.firstChild.focus();
  };
  const asFile = (text) => download(name, "application/json", text);
  const asText = (text) => { area.value = text; [shown.hidden, heardCopy.textContent] = [false, ""]; };
  const asCopy = () => download(`${fileName(form)}.copy.txt`, "text/plain;charset=utf-8", `\ufeff${copyText(form, draft, zone)}`);

  const asking = h("div", {});
  const result = h("div", { class: "g-saved", role: "group", tabindex: "-1", "aria-label": "What you saved" });
  const stale = h("p", { class: "g-stale", role: "status" });
  const heardCopy = h("span", { role: "status" });
  const area = h("textarea", { id: "file-text", readonly: true, rows: "6", spellcheck: "false" });
  const copy = h("button", { type: "button", click: async () => { heardCopy.textContent = (await copied(area)) ? "Copied." : "Select the text and copy it."; } }, "Copy");
  const shown = h("div", { class: "g-text" }, h("label", { for: area.id }, "The file as text. Copy all of it, and hand it in as it is:"), area, h("p", { class: "g-row" }, copy, heardCopy));
  shown.hidden = true;

  const button = (words, act, kind) => h("button", { type: "button", class: kind, click: act }, words);
  const element = h("section", { class: "q-summary g-saving", id: "hand-in", tabindex: "-1", "aria-labelledby": "hand-in-name" },
    h("h2", { id: "hand-in-name" }, "Save and hand in"),
    h("p", {}, "Nothing leaves this page by itself. Save your answers as a file, then hand in that file where your teacher said. You may save as often as you like."),
    h("div", { class: "q-actions" }, button("Save my answers", ask(asFile), "q-check"), button("Save a copy to read", asCopy), button("Show the file as text", ask(asText))),
    h("p", { class: "g-about" }, "If no file comes, as on some phones, show it as text and copy that."),
    asking, stale, result, shown);

  const show = () => {
    paintSure();
    const [saved, differs] = [draft.saved(), draft.changed()];
    say(stale, saved && differs ? "You changed answers after saving: the saved file is no longer the newest. Save again and hand in the new file, which has another receipt." : "");
    result.replaceChildren(...(saved && !differs ? makeReceipt(name, saved, zone) : saved ? [h("p", { class: "g-about" }, `The receipt of the older file: ${saved.receipt}, saved ${localTime(saved.client.saved, zone)}.`)] : []));
    if (differs) shown.hidden = true;
  };
  show();
  return { element, show };
};
