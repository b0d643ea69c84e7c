// What a reader's browser keeps: answers, boxes of the drills, the exam. Nothing else is stored, no
// clock among it, and nothing leaves the browser but in a file that the reader saves.
//
// Each question has a key of its own, so that two tabs never lose each other's answers:
//   vpnedu:1:quiz:<quiz>:<question>   {rev, answer, checked, tries, hints, first, last, seed}
//   vpnedu:1:drills                   where the drills stand: {seed, off, now, record}, and {more} if
//                                     the reader has said whether Python shall write more of them
//   vpnedu:1:drills:<generator>       {box, right, wrong, last}
//   vpnedu:1:exam                     {seed, count, drawn: ["quiz/question", ...], handed}
//   vpnedu:1:exam:<quiz>:<question>   a record as of a quiz
// `first` and `last` are {status, score} or null; a score is exact text: "0", "1", "3/4". A record
// of another revision is the caller's to drop: `read` gives what is there.
//
//   keep.read(quiz, id)  keep.write(quiz, id, record)  keep.forget(quiz[, id])    quiz records
//   keep.get(...names)   keep.set(value, ...names)     keep.drop(...names)        any value by name
//   keep.all()      {quizzes: {quiz: {question: record}}, drills: {generator: box}, exam}
//   keep.lay(all)   writes all of that over what is there
//   keep.lasting    false once the browser refused to keep something; until then memory holds it
//   keep.told()     the sentence to tell the reader then, "" while all is well
//   keep.listen(fn) fn([...names]) when another tab changed that value, fn([]) when `lasting` or
//                   anything may have changed; gives back a function that stops it
const ROOT = "vpnedu:1";
const EXAM = "exam";
const WARNING = "Your browser does not keep your answers: they last until you leave this page.";

const keyOf = (names) => [ROOT, ...names.map(encodeURIComponent)].join(":");
// Another program's key may not be one of ours, whatever it begins with.
const namesOf = (key) => { try { return key.split(":").slice(2).map(decodeURIComponent); } catch { return []; } };
const parsed = (text) => { try { return JSON.parse(text); } catch { return null; } };

// `open` gives the browser's storage, or throws where there is none.
export const makeKeeping = (open) => {
  const memory = new Map();
  const ears = new Set();
  let lasting = true;

  const failed = () => {
    if (!lasting) return;
    lasting = false;
    for (const ear of ears) ear([]);
  };
  // Storage may be forbidden, full, or gone in the middle: every access can throw.
  const trying = (act, otherwise) => { try { return act(open()); } catch { failed(); return otherwise; } };

  const put = (key, text) => {
    const kept = trying((storage) => { storage.setItem(key, text); return true; }, false);
    if (kept) memory.delete(key);
    else memory.set(key, text);
  };
  const cut = (key) => {
    memory.delete(key);
    if (!trying((storage) => { storage.removeItem(key); return true; }, false)) memory.set(key, null);
  };
  const textOf = (key) => (memory.has(key) ? memory.get(key) : trying((storage) => storage.getItem(key), null));
  const keys = () => {
    const stored = trying((storage) => Array.from({ length: storage.length }, (_, place) => storage.key(place)), []);
    const all = [...new Set([...stored, ...memory.keys()])].filter((key) => key.startsWith(`${ROOT}:`) && memory.get(key) !== null);
    return all.sort();
  };

  const get = (...names) => { const text = textOf(keyOf(names)); return text === null ? null : parsed(text); };
  const set = (value, ...names) => put(keyOf(names), JSON.stringify(value));
  // A name stands for all that is below it, too.
  const drop = (...names) => {
    const key = keyOf(names);
    keys().filter((each) => each === key || each.startsWith(`${key}:`)).forEach(cut);
  };

  // Through maps: a quiz that is called "constructor" is a name like any other.
  const all = () => {
    const [quizzes, drills, answers] = [new Map(), new Map(), new Map()];
    for (const key of keys()) {
      const [kind, first, second] = namesOf(key);
      const value = parsed(textOf(key));
      if (value === null || first === undefined) continue;
      if (kind === "quiz" && second !== undefined) quizzes.set(first, [...(quizzes.get(first) ?? []), [second, value]]);
      if (kind === "drills") drills.set(first, value);
      if (kind === EXAM && second !== undefined) answers.set(`${first}/${second}`, value);
    }
    const exam = get(EXAM);
    return {
      quizzes: Object.fromEntries([...quizzes].map(([quiz, records]) => [quiz, Object.fromEntries(records)])),
      drills: Object.fromEntries(drills),
      exam: exam && answers.size ? { ...exam, questions: Object.fromEntries(answers) } : exam,
    };
  };

  const lay = ({ quizzes, drills, exam }) => {
    for (const [quiz, records] of Object.entries(quizzes)) for (const [id, record] of Object.entries(records)) set(record, "quiz", quiz, id);
    for (const [name, record] of Object.entries(drills)) set(record, "drills", name);
    if (!exam) return;
    const { questions = {}, ...head } = exam;
    drop(EXAM);
    set(head, EXAM);
    for (const [place, record] of Object.entries(questions)) set(record, EXAM, ...place.split("/"));
  };

  const listen = (ear) => {
    const heard = ({ key }) => {
      if (key === null) ear([]);
      else if (key.startsWith(`${ROOT}:`)) { memory.delete(key); ear(namesOf(key)); }
    };
    ears.add(ear);
    globalThis.addEventListener?.("storage", heard);
    return () => { ears.delete(ear); globalThis.removeEventListener?.("storage", heard); };
  };

  put(keyOf(["probe"]), "1");
  cut(keyOf(["probe"]));
  return {
    get, set, drop, all, lay, listen,
    read: (quiz, id) => get("quiz", quiz, id),
    write: (quiz, id, record) => set(record, "quiz", quiz, id),
    forget: (quiz, id) => drop("quiz", quiz, ...(id === undefined ? [] : [id])),
    told: () => (lasting ? "" : WARNING),
    get lasting() { return lasting; },
  };
};

export const keep = makeKeeping(() => localStorage);
