// Playing: a position that moves with real time, at a chosen speed, from one moment to the next.

import { prefersStill } from "./kit.js";

// `length()` is the last moment; `timing(slot)` gives {motion, rest} in milliseconds for the way from
// `slot` to the next; `moved(position)` and `toggled(playing)` are told what happens.
export const makePlayback = ({ length, timing, speed, moved, toggled }) => {
  let position = 0;
  let frame = null;

  const go = (to) => { position = Math.min(Math.max(to, 0), length()); moved(position); };

  const pause = () => { cancelAnimationFrame(frame); frame = null; toggled(false); };

  const step = (by) => { pause(); go(by > 0 ? Math.floor(position) + 1 : Math.ceil(position) - 1); };

  const play = () => {
    if (position >= length()) position = 0;
    toggled(true);
    let slot = Math.floor(position);
    let { motion, rest } = timing(slot);
    // Time is added up piece by piece, so that a change of speed changes only what is still to come.
    let passed = (position - slot) * motion;
    let last = performance.now();
    const tick = (now) => {
      passed += Math.max(now - last, 0) * speed();
      last = now;
      const share = prefersStill() ? 1 : Math.min(passed / motion, 1);
      go(slot + Math.max(share, 0.001));
      if (passed >= motion + rest) {
        slot += 1;
        passed = 0;
        if (slot >= length()) { pause(); return; }
        ({ motion, rest } = timing(slot));
      }
      frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
  };

  return { go, pause, play, step, toggle: () => (frame ? pause() : play()), playing: () => frame !== null, position: () => position };
};
