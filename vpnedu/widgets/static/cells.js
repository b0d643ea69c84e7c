// "Edit and run" under the code cells of a page that an author has marked. Here are only the buttons:
// editor, desk and Python are loaded when one is pressed. Where the editor is, the page tells.

import { h, say } from "./kit.js";
import { HERE, load } from "./loading.js";

const LOST = "The editor could not be loaded. Is there a connection?";
const data = JSON.parse(document.querySelector("script.vpn-cells").textContent);
const version = new URL(HERE).search;

const sourceOf = (element) => element.querySelector(".cell_input pre").textContent.replace(/\n$/, "");

const cells = [...document.querySelectorAll("div.cell.tag_try-it")].map((element, place) => ({ element, name: `cell ${place + 1}`, source: sourceOf(element) }));

const open = async (cell, opener, news) => {
  say(news, "Loading the editor …");
  try {
    const found = () => globalThis.vpneduCodeEditor;
    const [makeEditor, makeDesk] = await Promise.all([
      load(`code_editor.js?v=${data.editor}`, found, LOST),
      load(`cell_desk.js${version}`, () => globalThis.vpneduCellDesk, LOST),
    ]);
    if (cell.desk) return;
    cell.desk = makeDesk({ cell, cells, page: location.pathname, imports: data.imports, makeEditor });
    opener.replaceWith(cell.desk.controls);
    say(news, "");
    cell.desk.focus();
  } catch (wrong) { say(news, wrong.message); }
};

const offer = (cell) => {
  const news = h("p", { class: "vpn-try-news", role: "status" });
  const opener = h("button", { type: "button", "aria-label": `Edit and run code ${cell.name}`, click: () => open(cell, opener, news) }, "Edit and run");
  cell.news = news;
  cell.element.querySelector(".cell_input").after(h("div", { class: "vpn-try" }, opener, news));
};

cells.forEach(offer);
