// Places in a packet: where keys lead, which field a byte is in, where it stands in another face.

export const START = 1;
export const LENGTH = 2;
export const SEALED = 2;
const MARK = 5;

// Where a key leads from byte `at` of `count`, `across` in a row; undefined if it leads nowhere.
export const leads = (key, at, count, across, whole = false) => {
  const row = at - (at % across);
  const last = Math.min(row + across, count) - 1;
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - across, ArrowDown: at + across, Home: whole ? 0 : row, End: whole ? count - 1 : last }[key];
  return to >= 0 && to < count ? to : undefined;
};

export const placeOf = (fields, at) => fields.findIndex((field) => at >= field[START] && at < field[START] + field[LENGTH]);

// The first byte of the field `by` fields further on; the first or last field is the end.
export const fieldFrom = (fields, at, by) => fields[Math.max(0, Math.min(fields.length - 1, placeOf(fields, at) + by))][START];

// Where the inner packet begins; in a packet that is not sealed yet, at once.
const opening = ({ fields }) => (fields.find((field) => field[MARK] === SEALED) ?? [null, 0])[START];

// Byte `at` of one face as a place in another: the same byte where both have it, else the first.
export const carried = (at, from, to) => {
  const place = at - opening(from) + opening(to);
  return place >= 0 && place < to.hex.length / 2 ? place : 0;
};

export const span = (start, length) => (length === 1 ? `byte ${start}` : `bytes ${start} to ${start + length - 1}`);
