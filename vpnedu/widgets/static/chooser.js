// The chooser of gateway types: needs to tick, and the gateway that serves them, with its reasons.

import { chosen, told } from "./choosing.js";
import { h, say } from "./kit.js";
import { defineInstrument } from "./instrument.js";

const reasons = (data, rule, labels) => h("li", {},
  h("b", {}, rule.when.map((id) => labels[id]).join(" + ")),
  ...rule.out.map(({ who, why, from }) => h("p", {},
    `✗ ${who}: `, h("span", { class: "why" }, `${why} (${from.map((at) => data.sources[at]).join("; ")})`))));

const make = (data, element) => {
  const labels = Object.fromEntries(data.groups.flatMap(({ needs }) => needs));
  const head = h("p", { class: "head", role: "status" });
  const rest = h("div", { class: "rest" });
  const boxes = [];
  const show = () => {
    const wanted = boxes.filter((box) => box.checked).map((box) => box.value);
    const { head: words, lines } = told(data, wanted, labels);
    say(head, words);
    rest.replaceChildren(...lines.map((line) => h("p", {}, line)),
      h("ul", {}, ...chosen(data, wanted).rules.map((rule) => reasons(data, rule, labels))));
  };
  const box = ([value]) => {
    boxes.push(h("input", { type: "checkbox", value, change: show }));
    return boxes.at(-1);
  };
  const groups = data.groups.map(({ name, needs }) => h("fieldset", {}, h("legend", {}, name),
    ...needs.map((need) => h("label", {}, box(need), ` ${need[1]}`))));
  show();
  return [h("div", { class: "frame" }, h("div", { class: "needs" }, ...groups),
    head, rest, element.querySelector(".rules"))];  // the rules are for paper
};

defineInstrument("chooser", make);
