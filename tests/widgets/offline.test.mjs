import assert from "node:assert/strict";
import test from "node:test";
import { unasked } from "../../vpnedu/widgets/static/offline.js";

const site = { hostname: "example.org" };

test("a site's book is kept unasked", () => assert.equal(unasked(site, null, false), true));
test("not where data must be spared, unless the reader wants it", () => {
  assert.equal(unasked(site, null, true), false);
  assert.equal(unasked(site, "yes", true), true);
});
test("not where the reader has said no", () => assert.equal(unasked(site, "no", false), false));
for (const hostname of ["localhost", "127.0.0.1", "[::1]"]) {
  test(`not on an author's own machine (${hostname}), unless asked`, () => {
    assert.equal(unasked({ hostname }, null, false), false);
    assert.equal(unasked({ hostname }, "yes", false), true);
  });
}
