// The style of forms and tables: loaded beside the script that needs it. A notebook's widget brings its own.

import { h } from "./kit.js";
import { HERE } from "./loading.js";

export const styleEditing = () => {
  if (!HERE || document.querySelector('link[href*="/editing.css"]')) return;
  const address = new URL("editing.css", HERE);
  address.search = new URL(HERE).search;
  document.head.append(h("link", { rel: "stylesheet", href: address.href }));
};
