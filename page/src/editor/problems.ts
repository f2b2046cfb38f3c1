import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import type { Trouble } from '../engine/protocol.ts';
import { words } from '../words/index.ts';
import { replace } from './replace.ts';

/** What is wrong is underlined, and what may not be meant so, softly. */
export function showProblems(view: EditorView, trouble: Trouble | undefined, warnings: readonly Trouble[]): void {
  const problems = trouble ? [diagnostic(view, trouble, 'error')] : warnings.map((w) => diagnostic(view, w, 'warning'));
  view.dispatch(
    setDiagnostics(
      view.state,
      problems.flatMap((problem) => problem ?? []),
    ),
  );
}

function diagnostic(view: EditorView, trouble: Trouble, severity: 'error' | 'warning'): Diagnostic | undefined {
  const { from, to, message, fixes, of } = trouble;
  if (from === undefined) return undefined;
  const place = seen(view, from, to ?? from);
  return {
    ...place,
    severity,
    message,
    renderMessage: () => told(trouble, severity),
    ...(fixes && {
      actions: fixes.map(({ label, source }) => ({
        name: `${words.peek().fix}: ${label}`,
        apply: (on: EditorView) => on.state.doc.toString() === of && replace(on, source),
      })),
    }),
  };
}

/** What is wrong may be that nothing stands there: then the sign before it is underlined. */
function seen({ state: { doc } }: EditorView, start: number, end: number): { from: number; to: number } {
  let [from, to] = [Math.min(start, doc.length), Math.min(end, doc.length)];
  if (from < to) return { from, to };
  const before = doc.sliceString(0, from).trimEnd().length;
  [from, to] = before > 0 ? [before - 1, before] : [from, Math.min(from + 1, doc.length)];
  return { from, to };
}

function told({ message, hint, note }: Trouble, severity: 'error' | 'warning'): HTMLElement {
  const place = document.createElement('div');
  const add = (text: string, kind: string): void => {
    const line = document.createElement('p');
    line.className = kind;
    line.textContent = text;
    place.append(line);
  };
  add(message, severity);
  if (note) add(note, 'note');
  if (hint) add(hint, 'hint');
  return place;
}
