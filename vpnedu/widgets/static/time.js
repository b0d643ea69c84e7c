// Simulated time of runs over time: seconds on a clock that two traces share. Pure functions.
//
// Moment 0 is the start, moment k the k-th time at which something happens, the last one the end.
// Between two moments time runs evenly. What happens at one time happens together.

// Packets lost by chance are counted, not stopped at.
const stops = (trace) => trace.events.filter((event) => event.event !== "missed").map((event) => event.at);

export const makeTimes = (traces) => {
  const until = Math.max(...traces.map((trace) => trace.until));
  const times = [...new Set([0, ...traces.flatMap(stops), until])].filter((time) => time <= until).sort((a, b) => a - b);
  const length = times.length - 1;
  // How long the way to each moment takes to play, all told: dots move at an even pace.
  const played = times.reduce((sum, _, k) => [...sum, k ? sum[k - 1] + passing(times[k] - times[k - 1]) : 0], []);
  return { length, times, until, played };
};

// Milliseconds in which `seconds` pass: long quiet stretches take longer, but not for ever.
export const passing = (seconds) => Math.min(Math.max(60 * seconds, 250), 2500);

export const timeAt = ({ times, length }, position) => {
  const slot = Math.min(Math.floor(position), length - 1);
  return times[slot] + (times[slot + 1] - times[slot]) * (Math.min(position, length) - slot);
};

export const positionAt = ({ times, length, until }, time) => {
  if (time >= until) return length;
  const slot = Math.max(times.findLastIndex((each) => each <= time), 0);
  return slot + Math.max(time - times[slot], 0) / (times[slot + 1] - times[slot]);
};

export const playedAt = ({ played, length }, position) => {
  const slot = Math.min(Math.floor(position), length - 1);
  return played[slot] + (played[slot + 1] - played[slot]) * (Math.min(position, length) - slot);
};

// The last event that has happened at `time`, -1 if none.
export const eventAt = (trace, time) => trace.events.findLastIndex((event) => event.at <= time);

// What is said of a moment: the first thing that happened then, and what came of it for packets.
export const wordsAt = (trace, time) => {
  const last = trace.events.findLast((event) => event.at <= time && event.event !== "missed");
  if (!last) return "";
  const together = trace.events.filter((event) => event.at === last.at && event.event !== "missed");
  const came = together.filter((event) => event.event === "carried");
  const first = together[0];
  return [...new Set([first, came.at(-1) ?? first].map(({ reason }) => reason[0].toUpperCase() + reason.slice(1)))].join(" ");
};

export const seconds = (value, digits = 1) => `${value.toFixed(digits)} s`;

// A short outage is told to the hundredth.
export const lasting = (value) => seconds(value, value > 0 && value < 1 ? 2 : 1);
