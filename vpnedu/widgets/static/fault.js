// Find the fault: a broken network is looked into and tried until its fault can be named. All that
// can be seen was computed; here it is shown, counted and compared.

import { defineInstrument } from "./instrument.js";
import { h, say } from "./kit.js";

// What was done so far, in words.
export const tally = (looks, probes, names) => `Looks: ${looks}, packets: ${probes}, names tried: ${names}.`;

// The counters of all packets that were sent: those of each probe, as often as it was sent.
export const summed = (counts, sent) => sent.reduce((sum, probe) => sum.map((value, at) => value + counts[probe][at]), [0, 0, 0, 0]);

const row = (tag, cells) => h("tr", {}, ...cells.map((cell) => h(tag, {}, cell)));
const tableOf = ({ title, columns, rows }) => h("table", {}, h("caption", {}, title),
  h("thead", {}, row("th", columns)), h("tbody", {}, ...rows.map((cells) => row("td", cells))));

const makeCase = (data, each) => {
  const looked = new Map();
  const sent = [];
  let [looks, names] = [0, 0];
  const [evidence, log, run] = [h("div", { class: "evidence" }), h("ol", { "aria-live": "polite" }), h("div", { class: "run" })];
  const [counters, said, count] = [h("p", { class: "sum" }), h("p", { role: "status" }), h("p", { class: "sum" })];
  const counted = () => say(count, tally(looks, sent.length, names));
  const buttons = (name, labels, act) => h("fieldset", {}, h("legend", {}, name), ...labels.map((label, at) => {
    const button = h("button", { type: "button", "aria-pressed": "false", click: () => { act(at, button); counted(); } }, label);
    return button;
  }));
  const press = (button, on) => button.setAttribute("aria-pressed", String(on));

  // A table that was looked at stays until its button is pressed again.
  const look = (at, button) => {
    const open = looked.get(at);
    if (!open) looks += 1;
    const table = open ?? tableOf(each.looks[at]);
    looked.set(at, table);
    press(button, !table.isConnected);
    if (table.isConnected) table.remove(); else evidence.append(table);
  };

  const send = (at) => {
    sent.push(at);
    log.append(h("li", {}, `${data.probes[at]}: `, h("b", {}, each.sees[at])));
    const [a, b, c, d] = summed(each.counts, sent);
    say(counters, `ESP so far: office gateway sealed ${a} and opened ${b}, branch gateway sealed ${c} and opened ${d}.`);
  };

  // Where the name is right, the real runs follow; the page has what plays them.
  const name = (at, button) => {
    if (button.dataset.mark) return;
    const wrong = each.alibis[at];
    names += 1;
    button.dataset.mark = wrong ? "✕" : "✓";
    press(button, true);
    say(said, wrong ? `✕ Not that. ${wrong}` : `✓ Found. ${each.cure}`);
    if (!wrong) run.append(h("vpn-figure", { id: each.figure.id }, h("script", { type: "application/json" }, JSON.stringify(each.figure)), h("p", { class: "figure-title" }, each.figure.title)));
  };

  counted();
  return h("div", { class: "case" }, h("p", { class: "symptom" }, each.symptom),
    buttons("Look at", each.looks.map(({ title }) => title), look), evidence,
    buttons("Send", data.probes, send), log, counters,
    buttons("Name the fault", data.suspects, name), said, count, run);
};

export const make = (data, element) => {
  const made = [];
  const shown = h("div");
  const choose = () => {
    const at = menu.selectedIndex;
    shown.replaceChildren(made[at] ??= makeCase(data, data.cases[at]));
  };
  const menu = h("select", { change: choose }, ...data.cases.map(({ title }) => h("option", {}, title)));
  choose();
  // On paper all cases stand as they stand without scripts.
  return [h("div", { class: "frame" }, h("label", { class: "choose" }, "case", menu), element.querySelector(".net"), shown), element.querySelector(".told")];
};

defineInstrument("fault", make);
