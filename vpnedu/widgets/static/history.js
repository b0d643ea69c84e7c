// Undo: the states that somebody went through, and the place among them.

const MOST = 100;

// `write(state)` brings a state back. `note(state)` is told of each new one, `back` and `on` go through
// them, and `reset` goes back to the first, as one more step that can be undone.
export const makeHistory = (first, write) => {
  let states = [first];
  let at = 0;
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const note = (state) => {
    if (same(state, states[at])) return;
    states = [...states.slice(0, at + 1), state].slice(-MOST);
    at = states.length - 1;
  };
  const go = (by) => {
    const to = at + by;
    if (to < 0 || to >= states.length) return false;
    at = to;
    write(states[at]);
    return true;
  };
  const reset = () => { note(first); write(first); };
  return { note, back: () => go(-1), on: () => go(1), reset, canBack: () => at > 0, canOn: () => at < states.length - 1 };
};
