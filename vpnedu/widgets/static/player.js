// <vpn-figure>: the element that plays any trace. Its data is the JSON inside it; its `engine`, if it
// is given one, answers what the page does not carry. What stands in it before is the picture and
// the transcript for pages without scripts, for print and for code hosts.

import { makeFigure } from "./figure.js";
import { h } from "./kit.js";
import { makeMatrix } from "./matrix.js";

class VpnFigure extends HTMLElement {
  connectedCallback() {
    // A picture alone, as beside a question: it has the figures' look, and nothing to play.
    if (this.hasAttribute("still")) return;
    if (!this.figure) this.make();
    addEventListener("hashchange", this.follow);
    addEventListener("beforeprint", this.figure.print);
    // Not before the page is whole: figures above this one still grow while it loads.
    if (document.readyState === "complete") this.follow();
    else addEventListener("load", this.follow, { once: true });
  }

  make() {
    const data = JSON.parse(this.querySelector('script[type="application/json"]').textContent);
    const heading = this.querySelector(".figure-title");
    const caption = this.querySelector(".figure-caption");
    const engine = () => this.engine ?? null;
    this.figure = data.matrix ? makeMatrix(data, this.querySelector(".matrix"), engine) : makeFigure(data, engine);
    this.replaceChildren(...[heading, caption, ...this.figure.parts].filter(Boolean));
    this.setAttribute("ready", "");
    this.follow = () => this.figure.follow();
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this.follow);
    removeEventListener("load", this.follow);
    removeEventListener("beforeprint", this.figure?.print);
    this.figure?.pause();
  }
}

if (!customElements.get("vpn-figure")) customElements.define("vpn-figure", VpnFigure);

export const showFigure = (element, html, engine) => {
  const holder = h("div");
  holder.innerHTML = html;
  const figure = holder.querySelector("vpn-figure");
  figure.engine = engine;
  element.append(figure);
};
