// Which generator a drill asks next: the twin of quiz/drill.py. Records are {box, right, wrong, last}.

import { makeChance } from "./chance.js";

const SURE = 5;
const REST = 2;
export const NEW = { box: 0, right: 0, wrong: 0, last: 0 };

const missed = ({ box, wrong }) => box === 1 && wrong > 0;

export const after = (record, right, step, helped = false) => {
  if (!right) return { box: 1, right: record.right, wrong: record.wrong + 1, last: step };
  const box = helped ? Math.max(record.box, 1) : Math.min(record.box + 1, SURE);
  return { box, right: record.right + 1, wrong: record.wrong, last: step };
};

export const stepOf = (records) => 1 + Math.max(0, ...Object.values(records).map((record) => record.last));

export const nextOf = (records, generators, step, chance) => {
  const known = (name) => records[name] ?? NEW;
  const others = generators.filter((name) => !(known(name).last > 0 && known(name).last === step - 1));
  const free = others.length ? others : generators;
  const wrong = free.filter((name) => missed(known(name)));
  const due = wrong.filter((name) => known(name).last < step - REST);
  if (due.length) return due.reduce((first, name) => (known(name).last < known(first).last ? name : first));
  const steady = free.filter((name) => !wrong.includes(name));
  const rested = steady.length ? steady : free;
  const weights = rested.map((name) => 2 ** (SURE - known(name).box));
  let drawn = chance.below(weights.reduce((sum, weight) => sum + weight));
  return rested[weights.findIndex((weight) => (drawn -= weight) < 0)];
};

// How many of each a page carries, numbered from 0, and how many an engine writes after those.
export const CARRIED = 40;
const MORE = 60000;

export const variantOf = (seed, generator, asked, endless = false) => {
  const drawn = (name, from, count, place) => from + makeChance(seed, name).shuffled([...Array(count).keys()])[place % count];
  if (!endless || asked < CARRIED) return drawn(`drill/${generator}`, 0, CARRIED, asked);
  return drawn(`drill/${generator}/more`, CARRIED, MORE, asked - CARRIED);
};
