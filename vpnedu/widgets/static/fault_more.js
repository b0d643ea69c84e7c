// Another network for *find the fault*, drawn by its number. Where there is no kernel Python draws it in
// the page, and is loaded when a reader asks.

import { askPython } from "./ask_python.js";
import { h, say } from "./kit.js";
import { hasPython } from "./python_engine.js";

const HIGHEST = 999999;
const ABOUT = "Python draws it in this page: about 7 MB, loaded once.";
const RULE = `The network's number is a whole number from 0 to ${HIGHEST}.`;
const anySeed = () => crypto.getRandomValues(new Uint32Array(1))[0] % (HIGHEST + 1);

// The number that is written in a field: null where there is none, undefined where it is no number.
export const seedOf = (text) => {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  return /^\d{1,6}$/.test(trimmed) ? Number(trimmed) : undefined;
};

// The number in a link to a network, "#fig-x/4711"; null where it is a link to something else.
export const seedIn = (hash, id) => {
  const [, name, number] = /^#([^/@~]+)\/(\d{1,6})$/.exec(hash) ?? [];
  return name === id ? Number(number) : null;
};

// `add(case, seed)` shows a case and tells in words which it is. Null where nothing can draw one.
export const makeMore = (element, add) => {
  const kernel = element.engine;
  if (!kernel && !hasPython()) return null;
  const said = h("span", { role: "status" }, kernel ? "" : ABOUT);
  const link = h("a", { hidden: true }, "Link to it");
  const field = h("input", { type: "text", inputmode: "numeric", maxlength: "6", size: "7", autocomplete: "off", placeholder: "any" });
  const tell = (words) => say(said, words);
  let busy = false;

  const draw = async (seed) => {
    const request = { fault_case: String(seed) };
    return (await (kernel ? kernel.ask(request) : askPython(request, tell))).case;
  };

  const bring = async (seed) => {
    if (busy) return;
    busy = true;
    button.setAttribute("aria-disabled", "true");
    tell("Drawing …");
    try {
      tell(add(await draw(seed), seed));
      // A notebook has no address that leads back to it.
      link.hidden = Boolean(kernel);
      link.href = `#${element.id}/${seed}`;
    } catch (wrong) { tell(wrong.message); }
    button.removeAttribute("aria-disabled");
    busy = false;
  };

  const submit = (event) => {
    event.preventDefault();
    const seed = seedOf(field.value);
    field.setAttribute("aria-invalid", String(seed === undefined));
    if (seed === undefined) { tell(RULE); field.focus(); } else bring(seed ?? anySeed());
  };

  const button = h("button", {}, "Another network");
  return { element: h("form", { class: "more", submit, novalidate: true }, button, h("label", {}, "network number", field), said, link), bring };
};
