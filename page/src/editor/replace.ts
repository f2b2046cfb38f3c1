import { isolateHistory } from '@codemirror/commands';
import type { EditorView } from '@codemirror/view';

/** The text becomes another, by the smallest change: the cursor stays where it is. One step of undo. */
export function replace(view: EditorView, text: string, userEvent = 'input.replace'): void {
  const before = view.state.doc.toString();
  if (before === text) return;
  const least = Math.min(before.length, text.length);
  let [front, back] = [0, 0];
  while (front < least && before[front] === text[front]) front++;
  while (back < least - front && before[before.length - 1 - back] === text[text.length - 1 - back]) back++;
  view.dispatch({
    changes: { from: front, to: before.length - back, insert: text.slice(front, text.length - back) },
    annotations: isolateHistory.of('full'),
    userEvent,
  });
}
