// The file that a form hands in: the twin of vpnedu/classroom/collecting/submissions.py. Both write the same
// bytes, so that the receipt a student wrote down is the one that the teacher's list shows.
//
// SHA-256 is written out (FIPS 180-4): a page that a phone opens from its own storage may have no
// crypto of the browser's.

export const SCHEMA = "vpnedu-submission/1";

// Half of a sign of two halves can't be written as UTF-8.
export const whole = (text) => text.replace(/\p{Surrogate}/gu, "\ufffd");

// Names are sorted as Python sorts them, by whole signs and not by halves.
const before = (one, other) => {
  const [a, b] = [[...one], [...other]];
  const at = a.findIndex((sign, place) => sign !== b[place]);
  if (at < 0) return a.length - b.length;
  return at < b.length ? a[at].codePointAt(0) - b[at].codePointAt(0) : 1;
};

// The only JSON of `value` that is the same on every machine: text, whole numbers, lists and objects.
export const canonical = (value) => {
  if (typeof value === "string") return JSON.stringify(whole(value));
  if (value === null || typeof value === "boolean" || Number.isSafeInteger(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object") throw new TypeError(`a file holds no ${typeof value} such as ${String(value)}`);
  const parts = Object.entries(value).map(([name, each]) => [whole(name), each]).sort(([one], [other]) => before(one, other));
  return `{${parts.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(",")}}`;
};

// The first 32 bits behind the point of the roots of the first primes.
const primes = Array.from({ length: 311 }, (_, number) => number + 2).filter((number) => {
  for (let by = 2; by * by <= number; by += 1) if (number % by === 0) return false;
  return true;
});
const bitsOf = (root) => Math.floor((root % 1) * 2 ** 32) | 0;
const FIRST = primes.slice(0, 8).map((prime) => bitsOf(Math.sqrt(prime)));
const ADDED = primes.slice(0, 64).map((prime) => bitsOf(Math.cbrt(prime)));

const turned = (word, by) => (word >>> by) | (word << (32 - by));

const compressed = (state, view, start) => {
  const words = new Int32Array(64);
  for (let at = 0; at < 16; at += 1) words[at] = view.getInt32(start + 4 * at);
  for (let at = 16; at < 64; at += 1) {
    const [near, far] = [words[at - 2], words[at - 15]];
    const low = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3);
    const high = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10);
    words[at] = words[at - 16] + low + words[at - 7] + high;
  }
  let [a, b, c, d, e, f, g, last] = state;
  for (let at = 0; at < 64; at += 1) {
    const one = last + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ADDED[at] + words[at];
    const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [last, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return [a, b, c, d, e, f, g, last].map((word, at) => (word + state[at]) | 0);
};

// SHA-256 of a text's UTF-8 bytes, in hex.
export const sha256 = (text) => {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(new ArrayBuffer((bytes.length + 8 + 64) & ~63));
  bytes.forEach((byte, at) => view.setUint8(at, byte));
  view.setUint8(bytes.length, 0x80);
  view.setBigUint64(view.byteLength - 8, 8n * BigInt(bytes.length));
  let state = FIRST;
  for (let start = 0; start < view.byteLength; start += 64) state = compressed(state, view, start);
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
};

// No I, L, O or U, so that it can be read out and written down (Crockford's base 32).
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// The first fifty bits of a digest as ten letters and digits.
export const receipt = (digest) => {
  const bits = BigInt(`0x${digest.slice(0, 16)}`) >> 14n;
  const code = Array.from({ length: 10 }, (_, at) => LETTERS[Number((bits >> BigInt(45 - 5 * at)) & 31n)]).join("");
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
};

// The file of `answers` to a form's data as {text, digest, receipt}; `client` is what the browser
// says of itself: {app, started, saved, zone}.
export const handedIn = ({ quiz, issue, form, tag, learner, attempt }, answers, client) => {
  const body = { schema: SCHEMA, quiz, issue, form, tag, learner, attempt, client, answers };
  const digest = sha256(canonical(body));
  return { text: canonical({ ...body, digest }), digest, receipt: receipt(digest) };
};
