import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import type { Row, Shaped } from '../engine/protocol.ts';
import { current, moveTo, shapes, sheet } from '../model.ts';

/** One position: the line under the cursor is the row that is looked at, and the row's line is lit. */

export const setLit = StateEffect.define<{ readonly at: number; readonly direction: Row['direction'] } | undefined>();

const LIT = {
  forward: Decoration.line({ class: 'cm-lit forward' }),
  back: Decoration.line({ class: 'cm-lit back' }),
};

export const litLine = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lit, { changes, effects, newDoc }) {
    const set = effects.find((e) => e.is(setLit));
    if (!set) return lit.map(changes);
    if (!set.value || set.value.at > newDoc.length) return Decoration.none;
    return Decoration.set(LIT[set.value.direction].range(newDoc.lineAt(set.value.at).from));
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Where the source says what the row is about. */
export function placeOf(row: Row | undefined, named: readonly Shaped[]): { at: number; direction: Row['direction'] } | undefined {
  const place = row && named.find(({ name }) => name === row.name);
  return place && { at: place.from, direction: row.direction };
}

/** The row of the line under the cursor; of a parameter, which has no row forward, the one back. */
export function follow({ state }: EditorView): void {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const there = shapes.peek().filter(({ from, to }) => from <= line.to && to >= line.from);
  const named = there.find(({ from, to }) => from <= head && head <= to) ?? there[0];
  if (!named || current.peek()?.name === named.name) return;
  const rows = sheet.peek()?.rows ?? [];
  const forward = rows.findIndex(({ name, direction }) => name === named.name && direction === 'forward');
  const at = forward >= 0 ? forward : rows.findIndex(({ name }) => name === named.name);
  if (at >= 0) moveTo(at);
}
