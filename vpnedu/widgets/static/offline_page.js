// <vpn-offline>: what of the book this browser keeps, to keep all of it, or none.

import { h, say } from "./kit.js";
import { CHOICE, canKeep, keepBook } from "./offline.js";

const NOT_HERE = "This browser keeps no pages from here: it needs a site that is served by https.";

const remember = (choice) => { try { localStorage.setItem(CHOICE, choice); } catch { /* then it is asked again */ } };

const asked = (worker, what) => new Promise((done, fail) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => (data.wrong ? fail(new Error(data.wrong)) : done(data));
  worker.postMessage(what, [port2]);
});

const working = async (registration) => {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (worker.state === "activated") return worker;
  return new Promise((done, fail) => worker.addEventListener("statechange", () => {
    if (worker.state === "activated") done(worker);
    if (worker.state === "redundant") fail(new Error("something of the book could not be fetched"));
  }));
};

const inWords = ({ kept, files, more, later }) => (kept < files ? `Kept: ${kept} of ${files} files.`
  : `The whole book is kept on this device${more === later ? ", Python included" : more ? `, with ${more} of ${later} files of Python` : "; Python is not"}.`);

customElements.define("vpn-offline", class extends HTMLElement {
  connectedCallback() {
    // The look of whatever stands in a chapter beside figures.
    this.classList.add("instrument");
    this.said = h("p", { role: "status" });
    const keep = h("button", { type: "button", click: () => this.act(this.keep) }, "Keep the whole book on this device");
    const forget = h("button", { type: "button", click: () => this.act(this.forget) }, "Remove it from this device");
    this.replaceChildren(this.said, ...(canKeep() ? [h("p", { class: "saving" }, keep, forget)] : []));
    this.setAttribute("ready", "");
    this.act(this.look);
  }

  async act(does) {
    try { say(this.said, await does.call(this)); } catch (wrong) { say(this.said, `That did not work: ${wrong.message}.`); }
  }

  async look() {
    if (!canKeep()) return NOT_HERE;
    const registration = await navigator.serviceWorker.getRegistration();
    return registration?.active ? inWords(await asked(registration.active, "tell")) : "Nothing of the book is kept on this device.";
  }

  async keep() {
    say(this.said, "Fetching the book …");
    remember("yes");
    return inWords(await asked(await working(await keepBook()), "keep"));
  }

  async forget() {
    remember("no");
    const registration = await navigator.serviceWorker.getRegistration();
    if (registration?.active) await asked(registration.active, "forget");
    return "Nothing of the book is kept on this device, and it is not kept unasked any more.";
  }
});
