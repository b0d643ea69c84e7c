// What a cell of one's own gives, as the page shows what is printed with a chapter.

import { h } from "./kit.js";
import { HERE, load } from "./loading.js";

const LOST = "The script that plays this figure could not be loaded. Is there a connection?";
const version = HERE && new URL(HERE).search;

const style = (name) => {
  if (document.querySelector(`link[href*="/vpnedu/${name}.css"]`)) return;
  document.head.append(h("link", { rel: "stylesheet", href: new URL(`${name}.css${version}`, HERE).href }));
};

// The names of the book's elements in HTML, each once, as "figure" of <vpn-figure …>.
export const elementsIn = (html) => [...new Set(Array.from(html.matchAll(/<vpn-([a-z]+)[\s>]/g), ([, name]) => name))];

// Promises that every element of the book in `html` plays.
const dress = (html) => Promise.all(elementsIn(html).map((name) => {
  style("vpnedu");
  if (name !== "figure") style(name);
  const script = name === "figure" ? "player" : name;
  return customElements.get(`vpn-${name}`) ?? load(`${script}.js${version}`, () => customElements.get(`vpn-${name}`), LOST);
}));

const printed = (name, text) => h("pre", { class: `vpn-printed ${name}` }, `${text.replace(/\n+$/, "")}\n`);

// It is a reader's own code that wrote this HTML, a moment ago and at a press of Run.
const seen = (html) => {
  const element = h("div");
  element.innerHTML = html;
  return element;
};

const SHOWN = { stdout: (text) => printed("stdout", text), stderr: (text) => printed("stderr", text), text: (text) => printed("value", text), html: seen };

// Promises the element that holds all outputs of an answer, with what went wrong as the last.
export const outputsOf = async ({ outputs, error }) => {
  await dress(outputs.filter(({ kind }) => kind === "html").map(({ text }) => text).join(""));
  const fault = error && printed("traceback", error.trace);
  return h("div", { class: "cell_output" }, ...outputs.map(({ kind, text }) => SHOWN[kind](text)), fault);
};
