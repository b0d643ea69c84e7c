// What people type, before it is read: the twin of vpnedu/quiz/texts.py.

// Ends the reading of an answer; `wrong` tells people what is wrong with its form.
export const refuse = (wrong) => {
  throw { wrong };
};

export const collapsed = (text) => text.replace(/\s+/g, " ").trim();

// The text of a typed answer without spaces around it, which may be none.
export const entered = (answer, longest) => {
  if (typeof answer !== "string") refuse("that is not text");
  const text = answer.trim();
  // Signs are counted as Python counts them, not halves of signs.
  if ([...text].length > longest) refuse(`that is too long; ${longest} characters are enough`);
  return text;
};
