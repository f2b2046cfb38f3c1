import { isolateHistory } from '@codemirror/commands';
import { EditorView } from '@codemirror/view';
import { SYMBOLS } from '../../../src/language/symbols.ts';

const NAMES = Object.keys(SYMBOLS);
const isWhole = (name: string): boolean =>
  Object.hasOwn(SYMBOLS, name) && !NAMES.some((other) => other !== name && other.startsWith(name));

/** A text that ends with the LaTeX name of a sign, with the sign: `\sigma` as σ. Where a longer name may come it waits. */
export function withSign(text: string): string {
  const name = /\\([A-Za-z]+)$/.exec(text)?.[1];
  return name !== undefined && isWhole(name) ? text.slice(0, -name.length - 1) + SYMBOLS[name]! : text;
}

/** What is typed becomes a sign as soon as it can only be that; undo gives the name back. */
export const signs = EditorView.inputHandler.of((view, from, to, text) => {
  if (view.composing || !/^[A-Za-z]$/.test(text)) return false;
  const line = view.state.doc.lineAt(from);
  const before = view.state.sliceDoc(line.from, from) + text;
  const after = withSign(before);
  if (after === before) return false;
  view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + 1 }, userEvent: 'input.type' });
  const start = line.from + after.length - 1;
  view.dispatch({
    changes: { from: start, to: from + 1, insert: after.slice(-1) },
    annotations: isolateHistory.of('full'),
    userEvent: 'input.complete',
  });
  return true;
});

export { SYMBOLS };
