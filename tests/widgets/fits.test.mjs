import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { scaled } from "../../vpnedu/widgets/static/fits.js";
import { fate, fragments, largestInner, parts, sealedLength, tcpMss } from "../../vpnedu/widgets/static/lengths.js";

const vectors = JSON.parse(readFileSync(new URL("data/lengths.json", import.meta.url), "utf8"));
const GCM = ["AES-GCM-16", 8, 4, 16];
const plain = { suite: GCM, natT: false, version: 4, mtu: 1500 };

test("Python reckons the same", () => {
  for (const { sealed, room, mss, fate: said, ...asked } of vectors) {
    assert.equal(sealedLength(asked.inner, asked), sealed);
    assert.equal(largestInner(asked), room);
    assert.deepEqual([tcpMss(room, 4), tcpMss(room, 6)], mss);
    assert.deepEqual(fate(asked, asked.inner, asked.kind), said);
  }
});

test("a whole packet fits where one byte more does not", () => {
  assert.equal(largestInner(plain), 1446);
  assert.equal(sealedLength(1446, plain), 1500);
  assert.equal(sealedLength(1447, plain), 1504);
});

test("a path is cut into pieces of whole eights", () => {
  assert.equal(fragments(1500, 1500, 4), 1);
  assert.equal(fragments(1556, 1500, 4), 2);
  assert.equal(fragments(2971, 1499, 4), 2);
});

test("the parts of the picture lie side by side and fill what they take", () => {
  const bars = scaled(parts(1446, plain), 3000);
  bars.reduce((end, { left, width }) => { assert.ok(Math.abs(left - end) < 1e-9); return left + width; }, 0);
  assert.equal(Math.round(bars.reduce((sum, { width }) => sum + width, 0)), 50);
});
