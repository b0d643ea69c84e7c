// Typed addresses, prefixes, ports, bytes and words: the twin of vpnedu/quiz/typed.py.
import { collapsed, entered, refuse } from "./marking_text.js";

const LONGEST = 200;
const OCTETS = /^\d+(?:\.\d+){3}$/;
const PORT = /^(?:(?:(tcp|udp)\s*[/:]?\s*)?(?:port\s*)?(\d{1,5})|(\d{1,5})\s*[/:]?\s*(tcp|udp))$/i;
const NO_ADDRESS = "write an IPv4 or IPv6 address, as in 10.1.0.4 or 2001:db8::4";
const NO_LENGTH = "a prefix needs its length, as in 10.1.0.0/16";

const joined = (parts, size) => parts.reduce((sum, part) => (sum << size) | BigInt(part), 0n);

const octets = (text) => {
  const parts = text.split(".");
  const fine = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && part <= 255);
  return fine ? joined(parts, 8n) : refuse(NO_ADDRESS);
};

const hextets = (text) => (text ? text.split(":").map((part) => (/^[0-9a-f]{1,4}$/i.test(part) ? `0x${part}` : refuse(NO_ADDRESS))) : []);

// The last 32 bits may be written as an IPv4 address; "::" stands for at least one group of zeros.
const sixteen = (text) => {
  const last = text.slice(text.lastIndexOf(":") + 1);
  const low = last.includes(".") ? octets(last) : undefined;
  const whole = low === undefined ? text : text.slice(0, -last.length) + `${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`;
  const [high, ...rest] = whole.split("::").map(hextets);
  const missing = 8 - high.length - (rest[0]?.length ?? 0);
  if (rest.length > 1 || (rest.length ? missing < 1 : missing)) refuse(NO_ADDRESS);
  return joined([...high, ...Array(missing).fill(0), ...(rest[0] ?? [])], 16n);
};

const ip = (text) => {
  if (text.includes("%")) refuse("leave % and what follows out: it names an interface");
  if (text.includes("/")) refuse("write one address, without a length");
  if (OCTETS.test(text) && /\b0\d/.test(text)) refuse("write the numbers of an address without leading zeros");
  return text.includes(":") ? { size: 128, bits: sixteen(text) } : { size: 32, bits: octets(text) };
};

const groups = (bits, count, size) => Array.from({ length: count }, (_, at) => (bits >> BigInt((count - 1 - at) * size)) & ((1n << BigInt(size)) - 1n));

// As RFC 5952 writes it: the longest run of two or more zero groups, the first of equals, is "::".
const told = ({ size, bits }) => {
  if (size === 32) return groups(bits, 4, 8).join(".");
  if (bits >> 32n === 0xffffn) return `::ffff:${told({ size: 32, bits: bits & 0xffffffffn })}`;
  const text = groups(bits, 8, 16).map((group) => group.toString(16)).join(":");
  const [longest] = (text.match(/\b0(?::0)+\b/g) ?? []).sort((one, other) => other.length - one.length);
  return longest ? text.replace(new RegExp(`\\b${longest}\\b`), "::").replace(/:{3,}/, "::") : text;
};

const lengthOf = (text, size) => {
  if (size === 32 && OCTETS.test(text)) {
    const hosts = ip(text).bits ^ 0xffffffffn;
    if (hosts & (hosts + 1n)) refuse(`${text} is not a netmask: its ones must come first`);
    return 32 - (hosts ? hosts.toString(2).length : 0);
  }
  if (!/^\d{1,3}$/.test(text)) refuse(NO_LENGTH);
  return text > size ? refuse(`an IPv${size === 32 ? 4 : 6} prefix has at most ${size} bits`) : Number(text);
};

const prefix = (text) => {
  const slash = text.indexOf("/");
  if (slash < 0) refuse(NO_LENGTH);
  const address = ip(collapsed(text.slice(0, slash)));
  const length = lengthOf(collapsed(text.slice(slash + 1)), address.size);
  if (address.bits & ((1n << BigInt(address.size - length)) - 1n)) refuse(`bits behind the length of ${length} are set`);
  return `${told(address)}/${length}`;
};

const port = (text) => {
  const [, before, number, alone, behind] = PORT.exec(text) ?? refuse("write a port, as in 500 or udp/500");
  const value = Number(number ?? alone);
  if (value > 65535) refuse("ports run from 0 to 65535");
  const protocol = before ?? behind;
  return protocol ? `${protocol.toLowerCase()}/${value}` : `${value}`;
};

const hex = (text) => {
  const digits = text.replace(/^0x/i, "").replace(/\s+|[:-]/g, "");
  if (!/^[0-9a-f]+$/i.test(digits)) refuse("write bytes in hex, as in de ad be ef");
  if (digits.length % 2) refuse("each byte has two hex digits; one digit is missing");
  return digits.toLowerCase().match(/../g).join(" ");
};

// Case is folded as Python does it for this: ß is SS in upper case, and ς is Σ.
const words = (text) => {
  const read = collapsed(text).replace(/ ?\.$/, "");
  return read ? read.toUpperCase().toLowerCase().normalize("NFC") : refuse("write at least one word");
};

const FORMS = { address: (text) => told(ip(text)), prefix, port, hex, words };

// What was typed, in the one way that its form is written; undefined where nothing was. Needs no key.
export const givenTyped = (form, answer) => {
  const text = entered(answer, LONGEST);
  return text ? FORMS[form](text) : undefined;
};

// {right, hit, read}; undefined where nothing was typed.
export const readTyped = ({ form, accept, mistakes }, answer) => {
  const read = givenTyped(form, answer);
  if (!read) return undefined;
  const accepted = accept.map(FORMS[form]);
  if (form === "port" && !accepted.some((each) => each.includes("/") === read.includes("/"))) {
    refuse(read.includes("/") ? "write the number of the port alone" : "write the protocol too, as in tcp/443");
  }
  const right = accepted.includes(read);
  return { right, hit: right ? undefined : mistakes.find(({ value }) => FORMS[form](value) === read), read };
};
