// Small makers of elements. `h("p", {class: "note"}, "text", child)` makes HTML, `svg` makes SVG.

const filled = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    // A style set as an attribute would need leave of the pages' security policy.
    else if (name === "style") element.style.cssText = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};

export const h = (tag, attributes = {}, ...children) =>
  filled(document.createElement(tag), attributes, children);

export const svg = (tag, attributes = {}, ...children) =>
  filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

// Text for people who don't see the sign beside it.
export const unseen = (text) => h("span", { class: "unseen" }, text);

// Only what changed is written: a live region says every write aloud, even of the same words.
export const say = (element, words) => { if (element.textContent !== words) element.textContent = words; };

export const prefersStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
