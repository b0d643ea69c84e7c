import assert from "node:assert/strict";
import test from "node:test";
import { carried, fieldFrom, leads, placeOf, span } from "../../vpnedu/widgets/static/byte_places.js";

const field = (start, length, mark = 0) => ["name", start, length, "value", 0, mark];
const before = { hex: "00".repeat(6), fields: [field(0, 2), field(2, 4)] };
const wire = { hex: "00".repeat(12), fields: [field(0, 3), field(3, 8, 2), field(11, 1)] };
const opened = { hex: "00".repeat(12), fields: [field(0, 3), field(3, 2, 2), field(5, 4, 2), field(9, 2, 2), field(11, 1)] };

test("arrows walk byte by byte and row by row, and stop at the ends", () => {
  assert.equal(leads("ArrowRight", 7, 20, 8), 8);
  assert.equal(leads("ArrowDown", 7, 20, 8), 15);
  assert.equal(leads("ArrowDown", 7, 20, 16), undefined);
  assert.equal(leads("ArrowLeft", 0, 20, 8), undefined);
  assert.equal(leads("ArrowUp", 3, 20, 8), undefined);
  assert.equal(leads("ArrowRight", 19, 20, 8), undefined);
});

test("Home and End go to the ends of the row, and with Ctrl to those of the packet", () => {
  assert.equal(leads("Home", 13, 20, 8), 8);
  assert.equal(leads("End", 17, 20, 8), 19);
  assert.equal(leads("Home", 13, 20, 8, true), 0);
  assert.equal(leads("End", 3, 20, 8, true), 19);
  assert.equal(leads("a", 3, 20, 8), undefined);
});

test("each byte is in the field that begins at it or before it", () => {
  assert.deepEqual([...before.hex.match(/../g).keys()].map((at) => placeOf(before.fields, at)), [0, 0, 1, 1, 1, 1]);
});

test("field by field one goes to the first byte of the next, and stays at the last", () => {
  assert.equal(fieldFrom(opened.fields, 4, 1), 5);
  assert.equal(fieldFrom(opened.fields, 6, -1), 3);
  assert.equal(fieldFrom(opened.fields, 11, 1), 11);
  assert.equal(fieldFrom(opened.fields, 0, -1), 0);
});

test("a byte of the inner packet is found again in the opened packet, and back", () => {
  for (const at of before.hex.match(/../g).keys()) {
    assert.equal(carried(at, before, opened), at + 3);
    assert.equal(carried(at + 3, opened, before), at);
  }
});

test("a byte on the wire keeps its place when the packet is opened", () => {
  for (const at of wire.hex.match(/../g).keys()) assert.equal(carried(at, wire, opened), at);
});

test("what the packet had not before it was sealed leads to its first byte", () => {
  assert.equal(carried(1, wire, before), 0);
  assert.equal(carried(11, opened, before), 0);
});

test("a run of bytes is told by its ends, one byte by itself", () => {
  assert.equal(span(8, 1), "byte 8");
  assert.equal(span(12, 4), "bytes 12 to 15");
});
