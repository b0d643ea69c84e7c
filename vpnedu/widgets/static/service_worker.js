// The book without a network. This worker keeps one version of the site, whole: what a page asks for
// comes out of that version or, if it is not kept, from the network. A new version is fetched and checked
// file by file before it takes over, when no page of the old one is open any more; the two never mix.

/* global BOOK */
// {version, files: {path: hash}, later: {path: hash}}: `later` is kept once it was used, or on request.

const NAME = "vpnedu ";
const OURS = `${NAME}${registration.scope} `;
const LIST = "vpnedu-files.json";
const AT_ONCE = 4;

const here = (path) => new URL(path, registration.scope).href;
const hashOf = async (answer) => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()));
  return Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
};

const own = async () => (await caches.keys()).filter((name) => name.startsWith(OURS));
const current = () => caches.open(OURS + BOOK.version);

// What an older version of the book has kept: {path: its hash}, and its cache.
const older = async () => {
  for (const name of await own()) {
    const cache = name === OURS + BOOK.version ? null : await caches.open(name);
    const list = await cache?.match(here(LIST));
    if (list) return { cache, files: await list.json() };
  }
  return { cache: null, files: {} };
};

// Puts a file into `cache`: out of the old one where it is the same, else from the network, and only if it
// is the very file that belongs to this version.
const take = async (cache, path, hash, old) => {
  const same = old.files[path] === hash ? await old.cache.match(here(path)) : null;
  const answer = same ?? await fetch(here(path), { cache: "no-cache" });
  if (!answer.ok || await hashOf(answer.clone()) !== hash) throw new Error(`${path} is not that of version ${BOOK.version}`);
  await cache.put(here(path), answer);
};

const takeAll = async (files, old) => {
  const cache = await current();
  const left = Object.entries(files);
  const some = async () => { for (let next = left.shift(); next; next = left.shift()) await take(cache, ...next, old); };
  // All of them have ended before it is known whether one has failed: none goes on writing.
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, some));
  const failed = ends.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
};

const kept = async (files) => {
  // Asking is no reason to begin keeping.
  if (!await caches.has(OURS + BOOK.version)) return 0;
  const cache = await current();
  const found = await Promise.all(Object.keys(files).map((path) => cache.match(here(path))));
  return found.filter(Boolean).length;
};

const install = async () => {
  const old = await older();
  const used = [];
  for (const path of Object.keys(BOOK.later)) if (await old.cache?.match(here(path))) used.push(path);
  try {
    await takeAll({ ...BOOK.files, ...Object.fromEntries(used.map((path) => [path, BOOK.later[path]])) }, old);
    await (await current()).put(here(LIST), new Response(JSON.stringify({ ...BOOK.files, ...BOOK.later })));
  } catch (wrong) {
    await caches.delete(OURS + BOOK.version);
    throw wrong;
  }
};

const activate = async () => {
  const names = (await own()).filter((name) => name !== OURS + BOOK.version);
  await Promise.all(names.map((name) => caches.delete(name)));
  // The first version serves the page that brought it; a later one waits for the pages it is made for.
  if (!names.length) await clients.claim();
};

// The path of an address inside the book, "" for what is not of it.
const pathOf = (address) => {
  if (!address.startsWith(registration.scope)) return "";
  const path = address.slice(registration.scope.length).replace(/[?#].*$/, "");
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
};

const serve = async (request, path) => {
  const cache = await current();
  const known = await cache.match(here(path));
  if (known) return known;
  const answer = await fetch(request);
  if (BOOK.later[path] && answer.ok && await hashOf(answer.clone()) === BOOK.later[path]) await cache.put(here(path), answer.clone());
  return answer;
};

const told = async () => ({ version: BOOK.version, kept: await kept(BOOK.files), files: Object.keys(BOOK.files).length, more: await kept(BOOK.later), later: Object.keys(BOOK.later).length });

const DOES = {
  tell: () => {},
  keep: () => takeAll(BOOK.later, { files: {} }),
  forget: async () => { await registration.unregister(); await Promise.all((await own()).map((name) => caches.delete(name))); },
};

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const path = event.request.method === "GET" ? pathOf(event.request.url) : "";
  if (BOOK.files[path] || BOOK.later[path]) event.respondWith(serve(event.request, path));
});
addEventListener("message", (event) => event.waitUntil((async () => {
  if (!Object.hasOwn(DOES, event.data)) return;
  try { await DOES[event.data](); event.ports[0].postMessage(await told()); } catch (wrong) { event.ports[0].postMessage({ wrong: wrong.message }); }
})()));
