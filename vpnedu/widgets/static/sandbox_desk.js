// The sandbox's desk: a figure that plays each run, and under it the tables of the network or design,
// what is sent or fails, and what can be done with it all. The document is the whole state.

import { makeDesignEditor } from "./design_editor.js";
import { shapely } from "./editing.js";
import { styleEditing } from "./editing_style.js";
import { makeFaultForm } from "./faults.js";
import { makeForm } from "./form.js";
import { makeHistory } from "./history.js";
import { h, say } from "./kit.js";
import { makeNetworkEditor } from "./network_editor.js";
import { packed, unpacked } from "./share.js";

const TARGETS = ["strongswan", "frr", "azure-cli", "bicep"];
const LATER = 250; // milliseconds after the last edit

const button = (label, click) => h("button", { type: "button", click }, label);
const number = (text) => (/^\d{1,6}$/.test(text) ? Number(text) : text);

// A network's document with the packet of a form's request, and a design's with its faults: what a file or
// a link holds. An empty field is left out.
export const withPacket = (document, { source, destination, protocol, port, length }) => ({
  ...document, send: { ...document.send, source, destination, protocol, port: port === "" ? undefined : number(port), length: number(length) },
});
export const withRun = (document, { faults, profile, settings, seed, until }) => ({ ...document, run: { faults, profile, settings, seed: number(seed), until: Number(until) || until } });

// The fields of the packet form for a document's own packet, or for one from its first device.
export const packetOf = ({ send = {}, networks = [] }) => {
  const hosts = networks.flatMap((network) => network.hosts ?? []);
  const text = (value, usual) => String(value ?? usual);
  return {
    preset: 0, source: text(send.source, hosts[0]?.name ?? ""), destination: text(send.destination, hosts.at(-1)?.address ?? ""),
    protocol: text(send.protocol, "tcp"), port: send.protocol === undefined ? text(send.port, "80") : text(send.port, ""), length: text(send.length, "100"),
  };
};

const asText = (settings) => Object.fromEntries(Object.entries(settings ?? {}).map(([name, value]) => [name, value === true ? "yes" : value === false ? "no" : String(value)]));

const download = (name, text) => {
  const address = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
};

// The packet form, which asks with the document as it is in the tables.
const makeSending = (document, editor, send) => {
  const options = { scenarios: [], sources: document.networks.flatMap((network) => (network.hosts ?? []).map(({ name }) => name)), presets: [packetOf(document)] };
  const fields = ({ source, destination, protocol, port, length }) => ({ source, destination, protocol, port, length });
  const form = makeForm(options, (request) => send({ document: editor.read(), ...fields(request) }), "sandbox", null);
  return { element: form.element, submit: form.submit, whole: () => withPacket(editor.read(), form.read()) };
};

const makeStriking = async (engine, document, editor, send) => {
  const { faults } = await engine.ask({ strikes: document });
  const run = document.run ?? {};
  const { timers } = await engine.ask({ timers: run.profile ?? "azure" });
  const usual = ["liveness-delay", "hold-time", "bfd"];
  const options = {
    faults, cases: [run.faults ?? []], profiles: ["azure", "azure-older", "rfc", "strongswan"], profile: run.profile ?? "azure",
    settings: timers.filter(([name]) => usual.includes(name)), seed: run.seed ?? 1, until: run.until ?? 300, target: () => ({ document: editor.read() }),
  };
  const form = makeFaultForm(options, send, "sandbox", engine);
  form.write({ ...form.read(), settings: asText(run.settings) });
  return { ...form, whole: () => withRun(editor.read(), form.read()) };
};

// "How much downtime in a year?": it takes a while, tells how far it is, and can be stopped.
const makeYears = (engine, document) => {
  const told = h("div", { role: "status" });
  const bar = h("progress", { max: 1, value: 0, "aria-label": "years lived through", hidden: true });
  let stop = null;
  const run = async () => {
    if (stop) { stop.abort(); return; }
    stop = new AbortController();
    [go.textContent, bar.hidden] = ["Stop", false];
    told.replaceChildren();
    const progress = ({ done, of }) => { bar.value = done / of; };
    try {
      const { words, blame } = await engine.ask({ years: 20000, seed: 1, of: document() }, { signal: stop.signal, progress });
      told.replaceChildren(...words.map((each) => h("p", {}, each)), h("p", {}, "What one part less to fail would save:"), h("ul", {}, ...blame.map((each) => h("li", {}, each))));
    } catch (wrong) { told.replaceChildren(h("p", { class: "wrong" }, wrong.message)); }
    [stop, go.textContent, bar.hidden] = [null, "Live through 20,000 years", true];
  };
  const go = button("Live through 20,000 years", run);
  return h("details", {}, h("summary", {}, "How much downtime in a year?"), h("p", { class: "row" }, go, bar), told);
};

const makeConfigurations = (engine, document, complain) => {
  const target = h("select", {}, ...TARGETS.map((name) => h("option", {}, name)));
  const explain = h("input", { type: "checkbox", checked: true });
  const shown = h("div", { role: "status" });
  const write = async () => {
    shown.replaceChildren();
    try {
      const { files, losses, advice } = await engine.ask({ config: document(), target: target.value, explain: explain.checked });
      shown.replaceChildren(...[...losses, ...advice].map((each) => h("p", {}, each)), ...files.flatMap(({ name, text }) =>
        [h("p", { class: "row" }, h("b", {}, name), button("Save", () => download(name, text))), h("pre", { tabindex: "0", role: "group", "aria-label": name }, text)]));
    } catch (wrong) { if (!complain(wrong)) shown.replaceChildren(h("p", { class: "wrong" }, wrong.message)); }
  };
  return h("details", {}, h("summary", {}, "As a real configuration"), h("p", { class: "row" }, h("label", {}, "for ", target), h("label", { class: "check" }, explain, "say why"), button("Write it", write)), shown);
};

// What the figure's panel is in the sandbox: see `changing.js`. `given` is the document to begin with.
const makePanelOf = (engine, given, first) => (_, { run, view }, said) => {
  styleEditing();
  const design = given.kind === "design";
  const holder = h("div");
  const preview = h("div");
  let asking = null;
  let late = null;
  let drawing = 0;

  const complain = ({ field, message }) => {
    const path = /^document\.(.+)$/.exec(field ?? "")?.[1];
    if (path) editor.complain(path, message);
    return Boolean(path);
  };
  const send = async (request, from) => {
    editor.clear();
    try { run(await engine.ask(request), from); } catch (wrong) { if (!complain(wrong)) throw wrong; }
  };

  const attach = () => asking?.attach?.({ ...view(), preset: -1 });
  const arrange = async (document) => {
    asking = design ? await makeStriking(engine, document, editor, send) : makeSending(document, editor, send);
    asking.element.addEventListener("changed", () => note());
    holder.replaceChildren(asking.element);
    attach();
  };

  // How it looks now, before anything runs; what is wrong with it is told at its field.
  const draw = async () => {
    const turn = (drawing += 1);
    editor.clear();
    try {
      const { scene } = await engine.ask({ draw: asking.whole() });
      if (turn !== drawing) return;
      const drawn = new DOMParser().parseFromString(scene.wide + scene.upright, "text/html").body;
      preview.replaceChildren(h("vpn-figure", { still: true }, h("div", { class: "frame stages" }, h("div", { class: "stage" }, h("div", { class: "scene" }, ...drawn.childNodes)))));
      say(said, "");
    } catch (wrong) { if (turn === drawing && !complain(wrong)) say(said, wrong.message); }
  };

  const note = () => { history.note(asking.whole()); offer(); };
  const changed = () => {
    note();
    clearTimeout(late);
    late = setTimeout(async () => { await arrange(asking.whole()).catch((wrong) => complain(wrong) || say(said, wrong.message)); await draw(); }, LATER);
  };
  const bring = async (document) => {
    shapely(document, given.kind);
    editor.write(document);
    await arrange(document);
    offer();
    await draw();
  };
  const editor = design ? makeDesignEditor(given, { changed }) : makeNetworkEditor(given, { changed, whole: true });
  const history = makeHistory(given, (document) => { bring(document).catch((wrong) => say(said, wrong.message)); });
  const offer = () => { undo.setAttribute("aria-disabled", String(!history.canBack())); redo.setAttribute("aria-disabled", String(!history.canOn())); };
  const undo = button("Undo", () => { history.back(); offer(); });
  const redo = button("Redo", () => { history.on(); offer(); });
  const reset = button("Reset", () => { history.reset(); offer(); });

  const save = async () => {
    try { const { name, text } = await engine.ask({ file: asking.whole() }); download(name, text); say(said, `Saved as ${name}. The command line reads it: vpnedu ${design ? "simulate" : "send"} ${name}`); } catch (wrong) { if (!complain(wrong)) say(said, wrong.message); }
  };
  const shown = h("input", { type: "text", readonly: true, hidden: true, "aria-label": "A link to this state" });
  const link = async () => {
    shown.value = `${location.href.split("#")[0]}#sandbox${await packed({ document: asking.whole() })}`;
    try { await navigator.clipboard.writeText(shown.value); say(said, "The link is copied."); } catch { shown.hidden = false; shown.select(); say(said, "Copy the link from the field."); }
  };
  const onKey = (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); asking.submit(); } };

  arrange(given).then(draw).then(() => { offer(); if (first) asking.submit(); }).catch((wrong) => complain(wrong) || say(said, wrong.message));
  const whole = () => asking.whole();
  const extra = design ? [makeYears(engine, whole)] : [];
  const parts = [
    holder, h("p", { class: "row" }, undo, redo, reset, button("Copy a link", link), shown, button("Save as a file", save)),
    h("p", { class: "about" }, "As it is now:"), preview, editor.element, ...extra, makeConfigurations(engine, whole, complain),
  ];
  parts.forEach((part) => part.addEventListener("keydown", onKey));
  return { parts, attach, bring: () => {} };
};

const documentOf = async (engine, of) => {
  if (of.state) return (await unpacked(of.state)).document;
  return of.own ?? (await engine.ask({ document_of: of })).document;
};

// Puts a desk into `place`. The first thing on stage is the document as it stands, nothing sent yet.
export const makeDesk = async (engine, place, of) => {
  const document = await documentOf(engine, of);
  const { scene, trace } = await engine.ask({ draw: document });
  shapely(document, document.kind);
  const data = {
    id: "sandbox-run", title: "Sandbox", scenes: [scene], form: { sandbox: true },
    presets: [{ label: "as it stands, nothing has happened", runs: [{ name: trace.title, scene: 0, trace }], ask: null }],
  };
  const figure = h("vpn-figure", { id: data.id }, h("script", { type: "application/json" }, JSON.stringify(data)), h("p", { class: "figure-title" }, document.title || "Untitled"));
  figure.engine = { ask: engine.ask, makePanel: makePanelOf(engine, document, false) };
  place.replaceChildren(figure);
  figure.querySelector(".frame").focus();
};

globalThis.vpneduDesk = makeDesk;
