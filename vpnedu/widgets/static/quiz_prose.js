// Prose of questions: paragraphs of plain texts and [tag, text] pairs, made into elements and never
// into HTML. Blocks with another tag are shown as the text they are.

import { h } from "./kit.js";

const TAGS = ["code", "em", "strong"];
const piece = (each) => (typeof each === "string" ? each : TAGS.includes(each[0]) ? h(each[0], {}, each[1]) : each[1]);

// Each block as an element of its own; in a legend or a label they are spans that stand as blocks.
export const prose = (blocks, tag = "p") => blocks.map((block) => h(tag, tag === "span" ? { class: "q-block" } : {}, ...block.map(piece)));

export const plain = (blocks) => blocks.map((block) => block.map((each) => (typeof each === "string" ? each : each[1])).join("")).join(" ");
