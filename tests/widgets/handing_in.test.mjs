import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import test from "node:test";
import { canonical, handedIn, receipt, sha256, whole } from "../../vpnedu/widgets/static/handing_in.js";

const vectors = JSON.parse(readFileSync(new URL("../classroom/submission_vectors.json", import.meta.url), "utf8"));

for (const { name, form, client, answers, ...expected } of vectors) {
  test(`the page writes the bytes that Python writes: ${name}`, () => {
    assert.deepEqual(handedIn(form, answers, client), expected);
  });
}

test("the digest is SHA-256, whatever the length of the text", () => {
  for (let length = 0; length < 200; length += 1) {
    const text = "é".repeat(length % 7) + "x".repeat(length);
    assert.equal(sha256(text), createHash("sha256").update(text).digest("hex"));
  }
  const long = "0123456789".repeat(25_000);
  assert.equal(sha256(long), createHash("sha256").update(long).digest("hex"));
});

test("a file holds texts, whole numbers, lists and objects only", () => {
  assert.equal(canonical({ b: [1, true, null, "x"], a: -7 }), '{"a":-7,"b":[1,true,null,"x"]}');
  for (const value of [1.5, NaN, Infinity, 2 ** 53, undefined, () => 1, { a: undefined }]) assert.throws(() => canonical(value), TypeError);
});

test("only halves of signs are replaced", () => {
  assert.equal(whole("a😀\ud83d\u200d\ude00é"), "a😀\ufffd\u200d\ufffdé");
});

test("a receipt is the first fifty bits, in letters that are not mistaken", () => {
  assert.equal(receipt("f".repeat(64)), "ZZZZ-ZZZZ-ZZ");
  assert.equal(receipt(`0000000000003fff${"f".repeat(48)}`), "0000-0000-00");
  assert.equal(receipt(`0000000000004000${"0".repeat(48)}`), "0000-0000-01");
});

test("the form's data that a file does not name stays out of it", () => {
  const [{ form, client, answers, text }] = vectors;
  assert.equal(handedIn({ ...form, title: "T", name: "Ada", told: [], slots: [] }, answers, client).text, text);
});
