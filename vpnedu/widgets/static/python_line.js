// The engine that is Python in the page, in a worker. It starts when it is first asked; where it dies
// it is started again, once for the questions that are open, and the reader is told.

import { makeLine } from "./protocol.js";

const TELL = {
  start: "Starting Python in this page …",
  ready: ({ seconds }) => `Python started in ${seconds.toFixed(1)} s.`,
  again: "Python had stopped, and is being started again …",
  late: "That took too long, so Python was stopped. It starts again when it is next asked.",
  lost: (why) => `Python could not be started: ${why}.`,
  dead: "Python stopped twice at this, so it is not tried again.",
};

const TIMES = { patience: 20000, starting: 180000, grace: 500 }; // milliseconds

// `open()` gives a new worker; `told(words)` is called with what the reader should know.
export const workerEngine = ({ open, told, times = TIMES }) => {
  let worker = null;
  let ready = null;
  let starts = 0;
  let deaths = 0;
  let heard = 0;
  let starting = null;

  const halt = () => { clearTimeout(starting); worker?.terminate(); worker = null; ready = null; };

  // Ends the worker; what is still wanted is asked of a new one.
  const restart = (words) => {
    halt();
    line.lose(words, (_, { once }) => once);
    told(words);
    if (line.open()) start();
  };

  const fail = (words) => { halt(); told(words); line.lose(words); };

  const died = (why) => {
    if (!ready) fail(TELL.lost(why));
    else if (deaths) { deaths = 0; fail(TELL.dead); }
    else { deaths = 1; restart(TELL.again); }
  };

  const hear = (of, { data }) => {
    if (of !== worker) return;
    heard += 1;
    if (data.state === "lost") died(data.message);
    else if (data.state === "ready") { clearTimeout(starting); ready = data; told(TELL.ready(data)); line.again(); }
    else { if (data.answer) deaths = 0; line.hear(data); }
  };

  const start = () => {
    starts += 1;
    const made = open();
    worker = made;
    made.onmessage = (event) => hear(made, event);
    made.onerror = (event) => { if (made === worker) died(event.message ?? "its files are not there"); };
    starting = setTimeout(() => fail(TELL.lost("it took too long")), times.starting);
  };

  // A worker that is deaf to a cancellation is in the middle of something that has no end.
  const post = (message) => {
    if (!worker && !message.cancel) { told(TELL.start); start(); }
    if (!ready) return;
    worker.postMessage(message);
    const [asked, before] = [worker, heard];
    if (message.cancel) setTimeout(() => { if (worker === asked && heard === before) restart(TELL.late); }, times.grace);
  };

  const silent = (id) => {
    if (!ready) return true;
    line.lose(TELL.late, (lost) => lost === id);
    restart(TELL.late);
    return false;
  };

  const line = makeLine({ post, patience: times.patience, silent });
  // `starts` counts the workers so far: what one of them kept is gone with it. `memory` is in bytes.
  return { ask: line.ask, starts: () => starts, memory: () => ready?.memory ?? 0 };
};
