import assert from "node:assert/strict";
import test from "node:test";
import { moved, spoken } from "../../vpnedu/widgets/static/ladder.js";

const ENDS = ["initiator", "responder"];
const step = { time: "0.04 s", from: 0, name: "IKE_AUTH request", sealed: true, lost: false, says: "Proves it.", section: "1.2" };

test("arrows go by one and stop at both ends, Home and End go there", () => {
  assert.equal(moved("ArrowRight", 1, 4), 2);
  assert.equal(moved("ArrowRight", 4, 4), 4);
  assert.equal(moved("ArrowLeft", 1, 4), 1);
  assert.equal(moved("Home", 3, 4), 1);
  assert.equal(moved("End", 2, 4), 4);
});

test("other keys are not the ladder's", () => {
  for (const key of ["Enter", "a", "ArrowDown", "Tab", " "]) assert.equal(moved(key, 2, 4), null);
});

test("a step is said with its way, and with whether it is sealed", () => {
  assert.equal(spoken(step, 3, 4, ENDS), "3 of 4, 0.04 s: IKE_AUTH request, initiator to responder, sealed. Proves it. RFC 7296, 1.2.");
  assert.match(spoken({ ...step, from: 1, sealed: false, lost: true }, 1, 4, ENDS), /responder to initiator, in the clear, lost\. /);
});

test("an end that makes up its mind says only that", () => {
  const alone = { time: "9.00 s", from: 0, says: "Gives up.", section: "2.4" };
  assert.equal(spoken(alone, 9, 9, ENDS), "9 of 9, 9.00 s: Gives up. RFC 7296, 2.4.");
});
