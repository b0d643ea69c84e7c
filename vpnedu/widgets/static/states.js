// The states of things over time, as lanes tell them. Pure functions.

// The stretches of one lane, from its first state on: {from, to, state, tone}.
export const segmentsOf = (trace, lane) => {
  const changes = trace.events.filter((event) => event.event === "changed" && event.node === lane.thing && event.aspect === lane.aspect);
  const starts = [{ at: 0, after: lane.first }, ...changes];
  return starts.map(({ at, after }, index) => ({ from: at, to: starts[index + 1]?.at ?? trace.until, state: after, tone: lane.tones[after] ?? "good" })).filter((part) => part.to > part.from || part.from === trace.until);
};

export const stateAt = (segments, time) => segments.findLast((part) => part.from <= time) ?? segments[0];

const ORDER = ["good", "idle", "waiting", "bad"];

// The state of every thing in the picture at `time`; of a tunnel with two ends, that of the worse.
export const statesAt = (lanes, time) => {
  const states = new Map();
  for (const { lane, segments } of lanes) {
    if (!(lane.aspect === "state" || lane.kind === "tunnel" || lane.kind === "circuit")) continue;
    const now = stateAt(segments, time);
    const known = states.get(lane.thing);
    if (!known || ORDER.indexOf(now.tone) > ORDER.indexOf(known.tone)) states.set(lane.thing, now);
  }
  return states;
};

export const lanesOf = (trace) => trace.lanes.map((lane) => ({ lane, segments: segmentsOf(trace, lane) }));

const changes = ({ segments }) => segments.length > 1;

// Whether a lane is shown unasked: those of sessions and routes only where they change and no way does.
export const isTold = (each, lanes) => {
  if (!["session", "route"].includes(each.lane.kind)) return true;
  return changes(each) && !lanes.some((other) => ["tunnel", "circuit"].includes(other.lane.kind) && changes(other));
};

// A lane's name: what it is about, and whose view it is.
export const laneName = ({ thing, aspect }) => {
  if (aspect === "state") return thing;
  return aspect === "route" ? `${thing}’s route` : `${thing} ${aspect}`;
};

// The states of all lanes at `time`, for who does not see them.
export const inWords = (trace, lanes, time) => lanes.map(({ lane, segments }) => `${laneName(lane)}: ${stateAt(segments, time).state}`).join("; ");
