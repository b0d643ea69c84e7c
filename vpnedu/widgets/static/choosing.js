// What a list of needs leaves over: rules that Python has read off the provider facts, combined.
// `vpnedu/book/choosing.py` combines them the same way, and a test holds both to it.

// The place of the first SKU that none of the rules rules out, or -1.
const first = (data, rules) => {
  const out = new Set(rules.flatMap((rule) => rule.out.flatMap((reason) => reason.at)));
  return data.skus.findIndex((_, place) => !out.has(place));
};

// What serves the needs: the SKU's place, the rules that had a say, and where nothing serves, for
// each need the SKU that would serve the rest.
export const chosen = (data, wanted) => {
  const rules = data.rules.filter(({ when }) => when.every((id) => wanted.includes(id)));
  const sku = first(data, rules);
  const without = sku >= 0 ? [] : wanted
    .map((id) => [id, first(data, rules.filter(({ when }) => !when.includes(id)))])
    .filter(([, place]) => place >= 0);
  return { sku, rules, without };
};

const named = ([kind, name]) => `${name}, ${kind}`;

// What is said of a choice: a headline, and lines below it.
export const told = (data, wanted, labels) => {
  if (!wanted.length) return { head: "Nothing is ticked yet.", lines: [] };
  const { sku, rules, without } = chosen(data, wanted);
  if (sku >= 0) return { head: `✓ ${named(data.skus[sku])}`, lines: [data.skus[sku][2]].filter(Boolean) };
  const ways = rules.map(({ way }) => way).filter(Boolean);
  const less = without.map(([id, place]) => `Without “${labels[id]}”: ${named(data.skus[place])}.`);
  return { head: "✗ No gateway serves all of this.", lines: [...ways, ...less] };
};
