// What is under "Change it": a form, undo, reset, and a link to the state. It comes with the engine, so
// that a page whose reader changes nothing does not load it.

import { formOf } from "./forms.js";
import { makeHistory } from "./history.js";
import { h, say } from "./kit.js";
import { packed, unpacked } from "./share.js";

const button = (label, click) => h("button", { type: "button", click }, label);

const makeLink = (id, read, told) => {
  const shown = h("input", { type: "text", readonly: true, hidden: true, "aria-label": "A link to this state" });
  const copy = async () => {
    shown.value = `${location.href.split("#")[0]}#${id}${await packed(read())}`;
    try {
      await navigator.clipboard.writeText(shown.value);
      told("The link is copied.");
    } catch {
      // Not every page may write there; what is selected can be copied by hand.
      shown.hidden = false;
      shown.select();
      told("Copy the link from the field.");
    }
  };
  return [button("Copy a link", copy), shown];
};

// `run(answer, from)` shows an answer, from a time on if it is told one; `view()` gives the form what is on stage: {preset, stages, time}; `said`
// is where the reader is told things.
export const makePanel = (engine, { id, options, run, view }, said) => {
  engine.listen?.((words) => say(said, words));
  const form = formOf(options, async (request, from) => run(await engine.ask(request), from), id, engine);
  const attach = () => form.attach?.(view());
  attach();
  const history = makeHistory(form.read(), form.write);
  const offer = () => { undo.setAttribute("aria-disabled", String(!history.canBack())); };
  const undone = (act) => () => { act(); offer(); };
  const undo = button("Undo", undone(history.back));
  form.element.addEventListener("changed", () => { history.note(form.read()); offer(); });
  offer();
  const link = makeLink(id, form.read, (words) => say(said, words));

  // A link's state may come from anybody: the form refuses what it does not know.
  const bring = async (state) => {
    form.write(await unpacked(state));
    history.note(form.read());
    offer();
    await form.submit();
  };

  return { parts: [form.element, h("p", { class: "row" }, undo, button("Reset", undone(history.reset)), ...link)], attach, bring };
};

globalThis.vpneduPanel = makePanel;
