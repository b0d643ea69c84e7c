// An element that makes itself out of the JSON inside it. `make(data, element)` gives its parts,
// which take the place of what stands there for pages without scripts.

import { makeSaves } from "./saves.js";

export const defineInstrument = (kind, make) => {
  if (customElements.get(`vpn-${kind}`)) return;
  customElements.define(`vpn-${kind}`, class extends HTMLElement {
    connectedCallback() {
      if (this.hasAttribute("ready")) return;
      const data = JSON.parse(this.querySelector('script[type="application/json"]').textContent);
      const told = [...this.querySelectorAll(":scope > :is(.figure-title, .figure-caption)")];
      const parts = make(data, this);
      this.replaceChildren(...told, ...parts, makeSaves(this.id, () => this.querySelector(".frame") ?? parts[0]));
      this.setAttribute("ready", "");
    }
  });
};
