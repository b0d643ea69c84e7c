// The page's end of the line to an engine; its messages are told in `widgets/protocol.py`.

const VERSION = 1;

export const failed = (field, message) => Object.assign(new Error(message), { field });

// `post(message)` sends to the engine. `silent(id)` is told when nothing was heard of a question for
// `patience` milliseconds; true lets it wait as long once more.
export const makeLine = ({ post, patience, silent }) => {
  const waiting = new Map();
  let last = 0;

  const end = (id) => {
    const call = waiting.get(id);
    waiting.delete(id);
    clearTimeout(call?.timer);
    return call;
  };

  const wind = (id) => {
    const call = waiting.get(id);
    clearTimeout(call.timer);
    if (call.patient) return;
    call.timer = setTimeout(() => { if (silent(id)) wind(id); }, patience);
  };

  const send = (id) => { wind(id); post({ v: VERSION, id, request: waiting.get(id).request }); };

  // What is no longer wanted fails at once; the engine is told, and may be busy with it still.
  const cancel = (id) => {
    const call = end(id);
    if (!call) return;
    post({ v: VERSION, id, cancel: true });
    call.fail(failed(null, "Stopped."));
  };

  // `progress({done, of})` is told how far a long answer has come. What is asked `once` is not asked
  // again of an engine that starts anew; what is asked `patient`, by who can stop it, has no limit.
  const ask = (request, { signal, progress, once = false, patient = false } = {}) => new Promise((done, fail) => {
    const id = (last += 1);
    waiting.set(id, { request, done, fail, progress, once, patient });
    signal?.addEventListener("abort", () => cancel(id), { once: true });
    if (signal?.aborted) { end(id); fail(failed(null, "Stopped.")); return; }
    // What cannot be sent is not waited for.
    try { send(id); } catch (wrong) { end(id); fail(wrong); }
  });

  const hear = ({ id, answer, error, progress }) => {
    if (!waiting.has(id)) return;
    if (progress) { wind(id); waiting.get(id).progress?.(progress); }
    else if (error) end(id).fail(failed(error.field, error.message));
    else if (answer) end(id).done(answer);
  };

  const lose = (message, which = () => true) => [...waiting].filter(([id, call]) => which(id, call)).forEach(([id]) => end(id).fail(failed(null, message)));

  return { ask, hear, lose, again: () => [...waiting.keys()].forEach(send), open: () => waiting.size > 0 };
};
