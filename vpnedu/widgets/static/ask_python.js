// Asks Python in the page. `tell(words)` says what the reader should know while it starts.

import { pythonEngine } from "./python_engine.js";

export const askPython = async (request, tell) => {
  const engine = await pythonEngine();
  // What an engine that runs already has to tell first is old.
  let old = engine.starts?.() > 0;
  const quiet = engine.listen?.((words) => {
    if (!old) tell(words);
    old = false;
  });
  try { return await engine.ask(request); } finally { quiet?.(); }
};
