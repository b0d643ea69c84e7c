// Find the fault: a broken network is looked into and tried until its fault can be named. All that
// can be seen was computed; here it is shown, counted and compared.

import { makeMore, seedIn } from "./fault_more.js";
import { defineInstrument } from "./instrument.js";
import { h, say } from "./kit.js";

// What was done so far, in words.
export const tally = (looks, probes, names) => `Looks: ${looks}, packets: ${probes}, names tried: ${names}.`;
export const standing = (found, cases) => `Found: ${found} of ${cases}.`;

// The counters of all packets that were sent: those of each probe, as often as it was sent.
export const summed = (counts, sent) => sent.reduce((sum, probe) => sum.map((value, at) => value + counts[probe][at]), [0, 0, 0, 0]);

const row = (tag, cells) => h("tr", {}, ...cells.map((cell) => h(tag, {}, cell)));
const tableOf = ({ title, columns, rows }) => h("table", {}, h("caption", {}, title),
  h("thead", {}, row("th", columns)), h("tbody", {}, ...rows.map((cells) => row("td", cells))));

// What Python drew is parsed without running anything.
const drawn = ({ wide, upright }) => {
  const scene = new DOMParser().parseFromString(wide + upright, "text/html").body;
  return h("vpn-figure", { still: true, class: "net" }, h("div", { class: "scene" }, ...scene.childNodes), h("p", { class: "plan" }, "The network as it was planned."));
};

// `found` is called when the fault has its name.
const makeCase = (data, each, found) => {
  const probed = each.probes ?? data.probes;
  const [one, other] = each.ends ?? data.ends;
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
    log.append(h("li", {}, `${probed[at]}: `, h("b", {}, each.sees[at])));
    const [a, b, c, d] = summed(each.counts, sent);
    say(counters, `ESP ${each.tunnel ? `in ${each.tunnel} ` : ""}so far: ${one} sealed ${a} and opened ${b}, ${other} sealed ${c} and opened ${d}.`);
  };

  // Where the name is right, the real runs follow; the page has what plays them.
  const name = (at, button) => {
    if (button.dataset.mark) return;
    const wrong = each.alibis[at];
    names += 1;
    button.dataset.mark = wrong ? "✕" : "✓";
    press(button, true);
    say(said, wrong ? `✕ Not that. ${wrong}` : `✓ Found. ${each.cure}`);
    if (wrong) return;
    found();
    run.append(h("vpn-figure", { id: each.figure.id }, h("script", { type: "application/json" }, JSON.stringify(each.figure)), h("p", { class: "figure-title" }, each.figure.title)));
  };

  counted();
  return h("div", { class: "case" }, h("p", { class: "symptom" }, each.symptom),
    buttons("Look at", each.looks.map(({ title }) => title), look), evidence,
    buttons("Send", probed, send), log, counters,
    buttons("Name the fault", data.suspects, name), said, count, run);
};

export const make = (data, element) => {
  const cases = data.cases.map((each) => ({ each }));
  const shown = h("div");
  const plan = element.querySelector(".net");
  const [place, status] = [h("div", {}, plan), h("p", { class: "sum" })];
  const count = () => say(status, standing(cases.filter(({ found }) => found).length, cases.length));

  const choose = () => {
    const it = cases[menu.selectedIndex];
    const found = () => {
      it.found = true;
      it.option.textContent = `✓ ${it.each.title}`;
      count();
    };
    it.net ??= it.each.scene ? drawn(it.each.scene) : plan;
    place.replaceChildren(it.net);
    shown.replaceChildren(it.made ??= makeCase(data, it.each, found));
  };

  const menu = h("select", { change: choose });
  const offer = (it) => menu.append(it.option = h("option", {}, it.each.title));

  // A network that is there already is shown as it was left.
  const add = (each, seed) => {
    let at = cases.findIndex((it) => it.seed === seed);
    if (at < 0) {
      each.figure.id = `${element.id}-n${seed}`;
      at = cases.push({ each, seed }) - 1;
      offer(cases[at]);
    }
    menu.selectedIndex = at;
    choose();
    count();
    return `${each.title}. It is case ${at + 1} of ${cases.length}.`;
  };

  cases.forEach(offer);
  choose();
  count();
  const more = makeMore(element, add);
  const follow = () => {
    const seed = seedIn(location.hash, element.id);
    if (seed !== null && more) { element.scrollIntoView(); more.bring(seed); }
  };
  addEventListener("hashchange", follow);
  if (more) setTimeout(follow);
  // On paper all cases stand as they stand without scripts.
  return [h("div", { class: "frame" }, h("label", { class: "choose" }, "case", menu), more?.element, status, place, shown), element.querySelector(".told")];
};

defineInstrument("fault", make);
