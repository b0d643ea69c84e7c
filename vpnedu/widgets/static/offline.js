// Lets this browser keep the book, so that it can be read without a network.

// Where this script lies: two folders below the site.
const HERE = globalThis.document?.currentScript?.src ?? "";

export const CHOICE = "vpnedu-offline"; // "yes" or "no", where the reader has chosen
const LOOPBACK = /^(localhost|127\.|\[::1\])/;

// A browser that keeps nothing for a page has no choice to remember either.
export const chosen = () => { try { return localStorage.getItem(CHOICE); } catch { return "no"; } };

// Whether the book is to be kept unasked: not on an author's own machine, where it would hide what was just
// built, and not for a reader who has to spare data.
export const unasked = ({ hostname }, choice, sparing) => choice === "yes" || (choice !== "no" && !sparing && !LOOPBACK.test(hostname));

export const canKeep = () => Boolean(globalThis.isSecureContext && globalThis.navigator?.serviceWorker && HERE.startsWith("http"));

export const keepBook = () => navigator.serviceWorker.register(new URL("../../sw.js", HERE));

// What does not come to be kept is read from the network, as before.
const start = () => { if (unasked(location, chosen(), navigator.connection?.saveData)) keepBook().catch((wrong) => console.info(`The book is not kept: ${wrong.message}`)); };

if (canKeep()) addEventListener("load", () => (globalThis.requestIdleCallback ?? setTimeout)(start));
