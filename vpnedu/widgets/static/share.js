// A figure's state in a link: "#fig-x~1" and the request, packed small. The number is the version of
// what is packed; a link of a version that this book does not know is told so, and never guessed at.

import { isShallow } from "./depth.js";

const VERSION = "1";
const MOST = 65536; // characters of JSON; a link that unpacks to more was not made here
const NEWER = "This link was made by another version of the book, which this one cannot read.";
const BROKEN = "This link is not whole: something of it was lost or changed.";

const through = (bytes, transform) => new Blob([bytes]).stream().pipeThrough(transform);

const letters = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

// Reads no more than a state may hold, whatever the stream would give.
const limited = async (stream) => {
  const reader = stream.pipeThrough(new TextDecoderStream("utf-8", { fatal: true })).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
    if (text.length > MOST) { await reader.cancel(); throw new Error(BROKEN); }
  }
};

// Promises what follows the anchor in a link to `state`.
export const packed = async (state) => {
  const deflated = await new Response(through(new TextEncoder().encode(JSON.stringify(state)), new CompressionStream("deflate-raw"))).arrayBuffer();
  return `~${VERSION}${letters(new Uint8Array(deflated))}`;
};

// Promises the state, an object; fails with words for the reader.
export const unpacked = async ({ version, text }) => {
  if (version !== VERSION) throw new Error(NEWER);
  if (text.length > MOST) throw new Error(BROKEN);
  let state;
  try { state = JSON.parse(await limited(through(bytesOf(text), new DecompressionStream("deflate-raw")))); } catch { throw new Error(BROKEN); }
  if (typeof state !== "object" || state === null || Array.isArray(state) || !isShallow(state)) throw new Error(BROKEN);
  return state;
};
