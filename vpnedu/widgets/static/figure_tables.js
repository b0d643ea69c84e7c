// The tables of a figure's network, or of its two: asked of the engine when a reader wants to change them.

import { inDocument, shapely } from "./editing.js";
import { h, say } from "./kit.js";
import { makeNetworkTables } from "./network_tables.js";

// The documents that a request brings, one or two; null where it names scenarios.
export const documentsIn = ({ document, documents }) => (Array.isArray(documents) ? documents : document ? [document] : null);

const titled = (editor, { title }) => h("fieldset", { class: "side" }, h("legend", {}, h("bdi", {}, title || "network")), editor.element);

// `ask()` promises the documents; without it there are none but those that are written. {element, read()
// documents or null, write(documents or null), hosts(), complain(field, message), clear()}.
export const makeTables = (ask, changed) => {
  let editors = null;
  const place = h("div");
  const status = h("p", { class: "about", role: "status" });

  const write = (documents) => {
    documents?.forEach((document) => shapely(document, "network"));
    begin.hidden = Boolean(documents);
    if (documents && editors?.length === documents.length) { editors.forEach((editor, at) => editor.write(documents[at])); return; }
    editors = documents?.map((document) => makeNetworkTables(document, { changed })) ?? null;
    place.replaceChildren(...(editors ?? []).map((editor, at) => (editors.length > 1 ? titled(editor, documents[at]) : editor.element)));
  };

  const open = async () => {
    if (begin.getAttribute("aria-disabled") === "true") return;
    begin.setAttribute("aria-disabled", "true");
    say(status, "Fetching its tables …");
    try {
      write(await ask());
      say(status, "");
      place.querySelector("summary").focus();
      changed();
    } catch (wrong) {
      say(status, wrong.message);
    } finally {
      begin.setAttribute("aria-disabled", "false");
    }
  };
  const begin = h("button", { type: "button", click: open }, "Edit its tables");

  const read = () => editors?.map((editor) => editor.read()) ?? null;
  const hosts = () => read() && [...new Set(read().flatMap(({ networks }) => networks.flatMap((network) => (network.hosts ?? []).map(({ name }) => name))))];
  const complain = (field, message) => {
    const { place: which = 0, path = field } = inDocument(field) ?? {};
    editors?.[which]?.complain(path, message);
    return Boolean(editors?.[which]);
  };
  const element = h("div", { class: "vpn-editing more" }, ask ? begin : null, status, place);
  return { element, read, write, hosts, complain, clear: () => editors?.forEach((editor) => editor.clear()) };
};
