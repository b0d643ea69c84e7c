// A run as an animated GIF: the figure is taken through its moments and drawn at each.

import { applyPalette, GIFEncoder, quantize } from "./gifenc.js";

const EVERY = 120; // milliseconds between two pictures while something moves
const STEPS = 8; // of them at most between two moments
const SAME = 255; // the colour that means "as before"

// The positions to draw, and how long each is seen. The last rests, so that a slide can be read.
export const framesOf = ({ length, timing }) => {
  const frames = [{ position: 0, delay: 1200 }];
  for (let slot = 0; slot < length; slot += 1) {
    const { motion, rest } = timing(slot);
    const steps = Math.min(Math.max(Math.round(motion / EVERY), 1), STEPS);
    for (let step = 1; step <= steps; step += 1) frames.push({ position: slot + step / steps, delay: motion / steps });
    frames.at(-1).delay += rest;
  }
  frames.at(-1).delay += 2500;
  return frames;
};

// `pixels(position)` promises {data, width, height}; `told(done, all)` returns true to go on.
// Promises the bytes of the file, or null if it was stopped.
export const filmed = async (frames, pixels, told) => {
  const gif = GIFEncoder();
  let before = null;
  for (const [index, { position, delay }] of frames.entries()) {
    if (!told(index, frames.length)) return null;
    const { data, width, height } = await pixels(position);
    const colors = quantize(data, SAME);
    const drawn = applyPalette(data, colors);
    const palette = [...colors, ...Array.from({ length: SAME + 1 - colors.length }, () => [0, 0, 0])];
    // What did not change is left as it stands: most of a picture, and most of the bytes.
    const now = new Uint32Array(data.buffer.slice(0));
    if (before) now.forEach((pixel, place) => { if (pixel === before[place]) drawn[place] = SAME; });
    gif.writeFrame(drawn, width, height, { palette, delay, transparent: before !== null, transparentIndex: SAME, dispose: before ? 1 : -1, repeat: 0 });
    before = now;
  }
  gif.finish();
  return gif.bytes();
};
