// Chance that repeats: the twin of vpnedu/simulation/chance.py (xoshiro128** 1.1 by Blackman and
// Vigna, in the public domain), so that a seed and a name give the same numbers in both.

const rotated = (value, by) => (value << by) | (value >>> (32 - by));

// MurmurHash3's final mix, which makes near numbers unlike.
const mixed = (value) => {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
};

// The stream that goes on from the four numbers of `state`.
export const streamFrom = (state) => {
  let [a, b, c, d] = state;
  const bits = () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  };
  // `count` is at most 2^16: the product stays exact.
  const below = (count) => Math.floor((bits() * count) / 2 ** 32);
  const shuffled = (things) => {
    const result = [...things];
    for (let last = result.length - 1; last > 0; last -= 1) {
      const place = below(last + 1);
      [result[last], result[place]] = [result[place], result[last]];
    }
    return result;
  };
  return { bits, random: () => bits() / 2 ** 32, below, pick: (things) => things[below(things.length)], shuffled };
};

// The stream that belongs to `seed`, a whole number, and `name`.
export const makeChance = (seed, name = "") => {
  const bytes = new TextEncoder().encode(`${seed}/${name}`);
  const key = bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5);
  return streamFrom([1, 2, 3, 4].map((place) => mixed(key + Math.imul(0x9e3779b9, place))));
};
