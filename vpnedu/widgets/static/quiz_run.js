// The run behind a question: its network as a picture before the answer, the run itself after it.

import { h } from "./kit.js";
import { load } from "./loading.js";

const LOST = "Is there a connection?";
const isThere = () => customElements.get("vpn-figure");

// The scene at the start of the run. What Python drew is parsed without running anything.
export const makePicture = ({ title, presets, scenes }) => {
  const drawn = scenes[presets[0].runs[0].scene];
  const scene = new DOMParser().parseFromString(drawn.wide + drawn.upright, "text/html").body;
  // The title of the run may tell how it ends; what is drawn does not.
  for (const svg of scene.children) svg.setAttribute("aria-label", svg.getAttribute("aria-label").replace(`${title}: `, ""));
  return h("vpn-figure", { still: true }, h("div", { class: "frame q-picture" }, h("div", { class: "scene" }, ...scene.childNodes)));
};

// A button that puts a real figure into `place` and plays it.
export const makePlay = (figure, place) => {
  const put = async () => {
    // Only a reader who wants to see a run needs what plays it.
    const [data] = await Promise.all([figure(), isThere() || load("player.js", isThere, LOST)]);
    const element = h("vpn-figure", { id: data.id }, h("script", { type: "application/json" }, JSON.stringify(data)),
      h("p", { class: "figure-title" }, data.title), h("p", { class: "figure-caption" }, data.caption ?? ""));
    place.replaceChildren(element);
    element.querySelector(".frame").focus();
    element.querySelector("button.play").click();
  };
  let busy = false;
  const play = async () => {
    if (busy) return;
    busy = true;
    wrong.textContent = "";
    try { await put(); } catch (error) { wrong.textContent = `The run can’t be shown. ${error.message}`; }
    busy = false;
  };
  const wrong = h("p", { class: "q-invalid", role: "alert" });
  place.replaceChildren(h("button", { type: "button", click: play }, "Play this run"), wrong);
};
