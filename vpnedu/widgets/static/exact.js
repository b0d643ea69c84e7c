// Exact fractions as [above, below]: whole numbers without common divisor, `below` above zero.

const positive = (number) => (number < 0n ? -number : number);

const divisor = (a, b) => (b ? divisor(b, a % b) : positive(a));

export const ratio = (above, below) => {
  const by = divisor(above, below);
  return [above / by, below / by];
};

// From "a/b" or "a", as Python writes them.
export const fraction = (text) => {
  const [above, below = "1"] = text.split("/");
  return ratio(BigInt(above), BigInt(below));
};

export const asText = ([above, below]) => (below === 1n ? `${above}` : `${above}/${below}`);

export const times = ([a, b], [c, d]) => ratio(a * c, b * d);

export const minus = ([a, b], [c, d]) => ratio(a * d - c * b, b * d);

// Whether two numbers are no further apart than `tolerance`.
export const isNear = (one, other, tolerance) => {
  const [above, below] = minus(one, other);
  return minus(tolerance, [positive(above), below])[0] >= 0n;
};

export const power = (exponent) => (exponent < 0 ? [1n, 10n ** BigInt(-exponent)] : [10n ** BigInt(exponent), 1n]);

// As a decimal where that is exact, as a fraction otherwise.
export const written = (value) => {
  const [above, below] = value;
  let [rest, digits] = [below, 0];
  for (let by = divisor(rest, 10n); by > 1n; by = divisor(rest, 10n)) [rest, digits] = [rest / by, digits + 1];
  if (rest > 1n) return asText(value);
  const whole = `${(positive(above) * 10n ** BigInt(digits)) / below}`.padStart(digits + 1, "0");
  const point = whole.length - digits;
  return `${above < 0n ? "-" : ""}${whole.slice(0, point)}${digits ? "." : ""}${whole.slice(point)}`;
};
