// The clock that all views of a figure share. It counts moments: moment k shows the first k events,
// and from k to k+1 the next event happens. For runs over time see time.js. Pure functions: no page,
// no real time.

import { eventAt, makeTimes, passing, playedAt, positionAt, timeAt, wordsAt } from "./time.js";

// One slot a moment. `heads` tells, for each trace, how many of its events have happened then.
// Traces on one clock keep step by simulated time: events at the same time share slots.
export const makeClock = (traces) => {
  if (traces.some((trace) => trace.until !== undefined)) return makeTimes(traces);
  const times = [...new Set(traces.flatMap((trace) => trace.events.map((event) => event.at)))].sort((a, b) => a - b);
  const slots = [];
  const heads = traces.map(() => 0);
  for (const time of times) {
    const due = traces.map((trace) => trace.events.filter((event) => event.at === time).length);
    for (let step = 0; step < Math.max(...due); step += 1) {
      due.forEach((count, index) => { if (step < count) heads[index] += 1; });
      slots.push({ time, heads: [...heads] });
    }
  }
  return { length: slots.length, slots };
};

// What one trace shows at `position`: its last event, and how far that event has come (0 to 1).
// A trace that rests while the other moves shows its last event done.
export const momentOf = (clock, index, position, trace) => {
  if (clock.times) {
    const time = Math.min(timeAt(clock, position), trace.until);
    return { event: eventAt(trace, time), progress: 1, time, played: playedAt(clock, position), words: wordsAt(trace, time) };
  }
  if (position <= 0) return { event: -1, progress: 1 };
  const slot = Math.min(Math.ceil(position), clock.length) - 1;
  const head = clock.slots[slot].heads[index];
  const before = slot === 0 ? 0 : clock.slots[slot - 1].heads[index];
  return { event: head - 1, progress: head > before ? position - slot : 1 };
};

const ROW = 260;
const MOTION = { flight: 1000, sealed: 400, opened: 400, changed: 300, delivered: 200, dropped: 200 };

// Milliseconds that a moment takes: its motion, then time to read what it says.
export const pace = (event) => {
  const asked = event.event === "lookup" ? event.rows.filter((row) => row.state !== "not asked").length : 0;
  const motion = event.event === "lookup" ? ROW * Math.min(Math.max(asked, 1), 8) : MOTION[event.event];
  return { motion, rest: 900 + 40 * event.reason.length };
};

// The same for a clock of seconds: quiet time passes, then there is time to read what is said.
export const timedPace = (clock, slot, words) => ({ motion: passing(clock.times[slot + 1] - clock.times[slot]), rest: words ? 500 + 24 * words.length : 0 });

// A moment's link: "#fig-order@3", or "#fig-order/2@3" for the second preset; in a run over time
// "#fig-crash@57.4s" is a time. It is told a bit late rather than early: what happens then is seen.
export const linkTo = (id, preset, position, clock) => {
  const moment = clock?.times ? `${Math.ceil(timeAt(clock, position) * 1000 - 1e-6) / 1000}s` : Math.ceil(position);
  return `#${id}${preset ? `/${preset + 1}` : ""}@${moment}`;
};

// Where a link leads on a clock: `time`, if it gives one, or else `position`, which counts moments.
export const positionOf = (clock, { position, time }) => (time !== undefined && clock.times ? positionAt(clock, time) : position);

export const readLink = (hash, id) => {
  let plain = hash;
  try { plain = decodeURIComponent(hash); } catch { /* not one of ours */ }
  const [, name, preset, moment, second] = /^#([^/@]+)(?:\/(\d+))?(?:@(?:(\d+)|(\d+(?:\.\d+)?)s))?$/.exec(plain) ?? [];
  if (name !== id) return null;
  const place = { preset: preset ? Number(preset) - 1 : 0, position: Number(moment ?? 0) };
  return second === undefined ? place : { ...place, time: Number(second) };
};
