// What a student answered so far. The browser keeps it by the form's id and tag, so that drafts of two
// forms never mix, not even of one that was issued again.

import { fits, isBlank } from "./graded_answers.js";
import { canonical, handedIn } from "./handing_in.js";

const CLIENT = ["app", "started", "saved", "zone"];
const isText = (value) => typeof value === "string" && value.length <= 200;
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isSaved = (saved) => isObject(saved) && isText(saved.receipt) && isObject(saved.answers) && isObject(saved.client) && CLIENT.every((name) => isText(saved.client[name]));

// `now()` is the time as text, `zone()` the browser's zone, `app` what made the form.
//   draft.answer(slot)   null where it is blank
//   draft.put(slot, answer)
//   draft.changed()      whether answers differ from those of the last file, or of none
//   draft.saved()        {answers, client, receipt} of the last file, or null
//   draft.file()         {text, digest, receipt}; the same again as long as no answer changes
//   draft.heard()        takes over what another tab wrote, and gives the slots whose answer changed
export const makeDraft = (form, keep, { now, zone, app }) => {
  const place = ["form", form.form, form.tag];
  const slots = new Map(form.slots.map((slot) => [slot.slot, slot]));

  const stored = () => {
    const kept = keep.get(...place);
    if (!isObject(kept) || !isText(kept.started)) return null;
    const answers = Object.entries(kept.answers ?? {}).filter(([name, answer]) => slots.has(name) && fits(slots.get(name), answer));
    return { started: kept.started, answers: Object.fromEntries(answers), saved: isSaved(kept.saved) ? kept.saved : null };
  };
  // A browser that refuses is heard of in the middle of this: the new state comes last.
  const store = (next) => { keep.set(next, ...place); state = next; };
  const differ = ({ answers, saved }) => canonical(answers) !== canonical(saved?.answers ?? {});

  const answer = (slot) => state.answers[slot] ?? null;
  // What another tab answered in the meantime stays: only this answer is put in.
  const put = (slot, given) => {
    const base = stored() ?? state;
    const { [slot]: _, ...rest } = base.answers;
    store({ ...base, answers: isBlank(given) ? rest : { ...rest, [slot]: given } });
  };
  const file = () => {
    const same = state.saved && !differ(state);
    const client = same ? state.saved.client : { app, started: state.started, saved: now(), zone: zone() };
    const made = handedIn(form, state.answers, client);
    store({ ...state, saved: { answers: state.answers, client, receipt: made.receipt } });
    return made;
  };
  // Where storage was emptied, what this page shows is kept anew.
  const heard = () => {
    const [before, next] = [state.answers, stored()];
    if (!next) { store(state); return []; }
    state = next;
    return [...slots.keys()].filter((slot) => canonical(before[slot] ?? null) !== canonical(next.answers[slot] ?? null));
  };

  let state = stored();
  if (!state) store({ started: now(), answers: {}, saved: null });
  return { answer, put, file, heard, changed: () => differ(state), saved: () => state.saved, started: () => state.started, isMine: (names) => place.every((name, at) => names[at] === name) };
};
