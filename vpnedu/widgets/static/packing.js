// Unpacks what `packing.py` packed: numbers are places in `leaves`, a list begins with -1, an object
// with the place of its keys in `shapes`.

export const unpack = ({ leaves, shapes }, packed) => {
  const read = (value) => {
    if (!Array.isArray(value)) return leaves[value];
    const [shape, ...items] = value;
    if (shape < 0) return items.map(read);
    return Object.fromEntries(shapes[shape].map((key, index) => [key, read(items[index])]));
  };
  return read(packed);
};
