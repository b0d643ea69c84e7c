// A progress file, checked before anything in it is believed: the twin of quiz/progress_file.py.
// `valuesOf(text)` gives the values or throws an error with `field` (the way to what is wrong).

const SCHEMA = "vpnedu-progress/1";
const MOST = 1000000; // of bytes, and of tries
const DEEPEST = 8;
const NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
// Text, a bracket, or a colon: what stands in a text doesn't count. Never goes back, so never slow.
const TOKEN = /"(?:[^"\\]+|\\[^])*(?:"|\\?$)|[{}[\]:]/g;

const wrong = (place, rule) => {
  const field = place.replace(/^\./, "") || "file";
  return Object.assign(new Error(`${field}: ${rule}`), { field, rule });
};
const short = (name) => { const signs = [...name]; return `"${signs.slice(0, 40).join("")}${signs.length > 40 ? "…" : ""}"`; };

const checkDepth = (text) => {
  let depth = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    depth += "{[".includes(token) - "}]".includes(token);
    if (depth > DEEPEST) throw wrong("", `is nested more than ${DEEPEST} deep`);
  }
};

// JSON.parse takes the last of two values with one name, and says nothing.
const checkTwice = (text) => {
  const seen = [];
  let before = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{") seen.push(new Set());
    if (token === "}") seen.pop();
    if (token === ":") {
      const name = JSON.parse(before);
      if (seen.at(-1).has(name)) throw wrong("", `says ${short(name)} twice`);
      seen.at(-1).add(name);
    }
    before = token;
  }
};

const fitting = (pattern, rule) => {
  const fits = new RegExp(`^(?:${pattern})$`, "su");
  return (value, place) => { if (typeof value !== "string" || !fits.test(value)) throw wrong(place, rule); };
};
const atMost = (length) => fitting(`.{0,${length}}`, `must be text of at most ${length} characters`);
const whole = (highest) => (value, place) => {
  if (!(Number.isInteger(value) && value >= 0 && value <= highest)) throw wrong(place, `must be a whole number from 0 to ${highest}`);
};
const flag = (value, place) => { if (typeof value !== "boolean") throw wrong(place, "must be true or false"); };
const orNull = (check) => (value, place) => { if (value !== null) check(value, place); };
const list = (check, most) => (value, place) => {
  if (!Array.isArray(value) || value.length > most) throw wrong(place, `must be a list of at most ${most}`);
  value.forEach((one, number) => check(one, `${place}.${number}`));
};
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const named = (value, place) => { if (!isObject(value)) throw wrong(place, "must hold names and values"); };
const byName = (check, name = NAME) => (value, place) => {
  named(value, place);
  for (const [key, one] of Object.entries(value)) {
    if (!new RegExp(`^(?:${name})$`).test(key)) throw wrong(place, `${short(key)} is no name`);
    check(one, `${place}.${key}`);
  }
};
const exactly = (checks, free = {}) => (value, place) => {
  named(value, place);
  const known = new Map(Object.entries({ ...checks, ...free }));
  for (const key of Object.keys(checks)) if (!Object.hasOwn(value, key)) throw wrong(`${place}.${key}`, "is missing");
  for (const [key, one] of Object.entries(value)) {
    if (!known.has(key)) throw wrong(place, `${short(key)} does not belong here`);
    known.get(key)(one, `${place}.${key}`);
  }
};

const brief = atMost(200);
const typed = orNull(atMost(2000));
const listed = list(brief, 100);
const paired = byName(orNull(brief));
const answer = (value, place) => (Array.isArray(value) ? listed : isObject(value) ? paired : typed)(value, place);
const statuses = ["correct", "partial", "incorrect", "blank", "invalid"];
const score = (value, place) => {
  const [, above, below = "1"] = (typeof value === "string" && /^(\d{1,6})(?:\/(\d{1,6}))?$/.exec(value)) || [];
  if (!(Number(below) && Number(above) <= Number(below))) throw wrong(place, "must be a share of a point, such as 1 or 3/4, as text");
};
const mark = orNull(exactly({ status: fitting(statuses.join("|"), `must be one of ${statuses.join(", ")}`), score }));
const record = exactly({ rev: fitting("[0-9a-f]{12}", "must be 12 digits of a revision"), answer, checked: flag, tries: whole(MOST), hints: whole(100), first: mark, last: mark, seed: whole(2 ** 32 - 1) });
const boxed = (most) => exactly({ box: whole(5), right: whole(most), wrong: whole(most), last: whole(2 * most) });
const drill = boxed(MOST);
const place = `${NAME}/${NAME}`;
const exam = exactly({
  seed: whole(999999), count: orNull(whole(1000)), drawn: list(fitting(place, "must name a quiz and a question"), 1000),
  handed: flag, questions: byName(record, place),
});
const file = exactly(
  { schema: fitting(SCHEMA, `must be ${SCHEMA}`), quizzes: byName(byName(record)), drills: byName(drill), exam: orNull(exam) },
  { name: atMost(100), saved: fitting("[0-9T:.Z+\\-]{0,40}", "must be a time such as 2026-11-23T08:30:00Z") },
);

export const valuesOf = (given) => {
  if (new TextEncoder().encode(given).length > MOST) throw wrong("", "is bigger than 1 MB");
  const text = given.replace(/^\ufeff/, "");
  checkDepth(text);
  let data;
  try { data = JSON.parse(text); } catch { throw wrong("", "is not JSON"); }
  checkTwice(text);
  if (!isObject(data) || data.schema !== SCHEMA) throw wrong("", `is not a progress file of this book (${SCHEMA})`);
  file(data, "");
  return data;
};

const fits = (check) => (value) => { try { check(value, ""); return true; } catch { return false; } };
const kept = (values, check, name = NAME) => Object.fromEntries(Object.entries(values).filter(([key, value]) => fits(byName(check, name))({ [key]: value })));

// Whether a value that is kept is what this book keeps: another program may have left it there.
// What a file may say of a drill grows on from there: only other kinds of values are refused here.
const ENDLESS = 2 ** 50;
export const isDrill = fits(boxed(ENDLESS));
export const isDrilling = fits(exactly({
  seed: whole(999999), off: list(brief, 100), record: (value) => value,
  now: orNull(exactly({ generator: fitting(NAME, "must name a generator"), step: whole(2 * ENDLESS), number: whole(MOST) })),
}, { more: flag }));
export const isExam = (head) => fits(exam)(isObject(head) ? { ...head, questions: {} } : head);

// Of what is kept, all that an import would take.
export const sound = ({ quizzes, drills, exam: sat }) => ({
  quizzes: Object.fromEntries(Object.entries(kept(quizzes, named)).map(([quiz, records]) => [quiz, kept(records, record)])),
  drills: kept(drills, drill),
  exam: isExam(sat) ? { ...sat, questions: kept(sat.questions ?? {}, record, place) } : null,
});

// A file of what is kept.
export const fileOf = (all, name, saved) => ({ schema: SCHEMA, ...(name ? { name } : {}), saved, ...sound(all) });
