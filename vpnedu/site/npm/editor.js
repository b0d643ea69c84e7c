// The editor of code cells, as one classic script: `vpnedu/site/editor.py` bundles it with esbuild.
// It stands in a shadow root, where its styles are adopted sheets: a strict policy needs no exception.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { HighlightStyle, LRLanguage, bracketMatching, indentService, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap, lineNumbers, showPanel } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { parser } from "@lezer/python";

// Tab indents until Escape is pressed; after that it leaves, without a time limit, until one types.
const LEAVING = 86400000; // milliseconds

const token = (name) => ({ color: `var(--vpn-code-${name})` });
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.operatorKeyword, tags.moduleKeyword, tags.definitionKeyword], ...token("keyword") },
  { tag: [tags.string, tags.special(tags.string), tags.bool, tags.null, tags.definition(tags.function(tags.variableName))], ...token("string") },
  { tag: [tags.number, tags.standard(tags.variableName)], ...token("number") },
  { tag: [tags.operator, tags.arithmeticOperator, tags.compareOperator, tags.definitionOperator], ...token("operator") },
  { tag: [tags.variableName, tags.propertyName], ...token("name") },
  { tag: tags.comment, ...token("comment") },
]);

const look = EditorView.theme({
  "&": { background: "var(--vpn-code-background)", border: "1px solid var(--vpn-code-line)", borderRadius: "0.375rem", color: "var(--vpn-code-text)", fontSize: "1em" },
  "&.cm-focused": { outline: "2px solid var(--vpn-code-ring)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--vpn-code-font)", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--vpn-code-text)", padding: "0.5rem 0" },
  ".cm-line": { padding: "0 0.5rem" },
  ".cm-gutters": { background: "none", border: "0", color: "var(--vpn-code-comment)" },
  ".cm-line.wrong": { background: "var(--vpn-code-wrong)", boxShadow: "inset 3px 0 var(--vpn-code-keyword)" },
  "@media (forced-colors: active)": { ".cm-line.wrong": { textDecoration: "underline wavy", textUnderlineOffset: "0.2em" } },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { background: "none", outline: "1px solid var(--vpn-code-comment)" },
  ".cm-panels": { background: "none", border: "0", color: "inherit" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--vpn-code-line)" },
  ".told": { color: "var(--vpn-code-comment)", font: "0.8125rem/1.4 var(--vpn-code-prose)", margin: "0", padding: "0.25rem 0.5rem" },
  "@media print": { ".told": { display: "none" } },
});

// The last line's indent, one step more after a colon.
const indents = indentService.of((context, position) => {
  const line = context.state.doc.lineAt(position);
  const before = context.lineAt(position, -1).text.trim() || line.number === 1 ? context.lineAt(position, -1).text : context.state.doc.line(line.number - 1).text;
  const step = /:\s*(#.*)?$/.test(before) ? context.unit : 0;
  return before.length - before.trimStart().length + step;
});

const marked = StateEffect.define();
const faults = StateField.define({
  create: () => null,
  // Who changes the text deals with the fault; its mark would wander.
  update: (value, change) => change.effects.reduce((now, effect) => (effect.is(marked) ? effect.value : now), change.docChanged ? null : value),
  provide: (field) => [
    EditorView.decorations.from(field, (fault) => (fault?.from === undefined ? Decoration.none : Decoration.set([Decoration.line({ class: "wrong" }).range(fault.from)]))),
    EditorView.contentAttributes.from(field, (fault) => ({ "aria-describedby": fault ? "fault hint" : "hint", "aria-invalid": String(Boolean(fault)) })),
  ],
});

const paragraph = (id, name, text) => Object.assign(document.createElement("p"), { id, className: name, textContent: text });

// The page shows what is wrong; here it stands unseen, to be what the editor is described by.
const panelOf = (hint) => (view) => {
  const fault = Object.assign(paragraph("fault", "told", ""), { hidden: true });
  const dom = document.createElement("div");
  dom.append(fault, paragraph("hint", "told", hint));
  const update = ({ state }) => { fault.textContent = state.field(faults)?.words ?? ""; };
  update(view);
  return { dom, update };
};

// `run()` is called for Ctrl-Enter. The result: {text(), write(text), mark(line, words), focus()};
// `mark(null)` takes the mark away.
const makeCodeEditor = ({ parent, text, label, hint, run }) => {
  const root = parent.attachShadow({ mode: "open" });
  const keys = [
    { key: "Mod-Enter", run: () => { run(); return true; } },
    { key: "Escape", run: (editor) => { editor.setTabFocusMode(LEAVING); return false; } },
    indentWithTab, ...defaultKeymap, ...historyKeymap,
  ];
  const extensions = [
    keymap.of(keys), history(), lineNumbers(), EditorView.lineWrapping, bracketMatching(),
    LRLanguage.define({ parser }), syntaxHighlighting(colours), indents, indentUnit.of("    "), EditorState.tabSize.of(4),
    faults, showPanel.of(panelOf(hint)), EditorView.contentAttributes.of({ "aria-label": label }), look,
  ];
  const view = new EditorView({ state: EditorState.create({ doc: text, extensions }), root, parent: root });
  const mark = (line, words) => {
    const known = line !== null && line >= 1 && line <= view.state.doc.lines;
    const fault = words ? { words, from: known ? view.state.doc.line(line).from : undefined } : null;
    view.dispatch({ effects: marked.of(fault) });
  };
  return {
    text: () => view.state.doc.toString(),
    write: (written) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: written } }),
    mark,
    focus: () => view.focus(),
  };
};

globalThis.vpneduCodeEditor = makeCodeEditor;
