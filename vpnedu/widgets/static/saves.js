// "Save as a picture" under a figure. What makes the pictures is loaded when a reader opens it.

import { h } from "./kit.js";
import { HERE, load } from "./loading.js";

const LOST = "What saves pictures could not be loaded. Is there a connection?";

// `pictured()` is the element to be drawn; `film` tells how to play it, null where nothing moves.
// Both stay with the element, for what draws a figure on paper.
export const makeSaves = (name, pictured, film = null) => {
  const fill = async () => {
    if (!saves.open || saves.children.length > 1) return;
    const made = h("p", { role: "status" }, "Loading …");
    saves.append(made);
    try {
      const saving = globalThis.vpneduSaving ?? await load("saving.js", () => globalThis.vpneduSaving, LOST);
      made.replaceWith(saving(name, pictured, film));
    } catch (wrong) { made.textContent = wrong.message; }
  };
  const saves = h("details", { class: "saves", toggle: fill }, h("summary", {}, "Save as a picture"));
  return Object.assign(saves, { pictured, film });
};
