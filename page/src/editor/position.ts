import { type EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import type { Row, Shaped } from '../engine/protocol.ts';
import { current, moveTo, pointed, shapes, sheet } from '../model.ts';

/** One position: the line under the cursor is the row that is looked at, and the row's line is lit. */

interface Marked {
  readonly at: number;
  readonly as: Row['direction'] | 'pointed';
}

export const setLit = StateEffect.define<Marked | undefined>();
export const setPointed = StateEffect.define<Marked | undefined>();

const MARKS = {
  forward: Decoration.line({ class: 'cm-lit forward' }),
  back: Decoration.line({ class: 'cm-lit back' }),
  pointed: Decoration.line({ class: 'cm-pointed' }),
};

/** One line that is marked, moving with the text. */
const markedBy = (effect: typeof setLit): StateField<DecorationSet> =>
  StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(marked, { changes, effects, newDoc }) {
      const set = effects.find((e) => e.is(effect));
      if (!set) return marked.map(changes);
      if (!set.value || set.value.at > newDoc.length) return Decoration.none;
      return Decoration.set(MARKS[set.value.as].range(newDoc.lineAt(set.value.at).from));
    },
    provide: (field) => EditorView.decorations.from(field),
  });

/** Where the source names a quantity. */
export function placeOf(name: string | undefined, as: Marked['as'], named: readonly Shaped[]): Marked | undefined {
  const place = named.find((one) => one.name === name);
  return place && { at: place.from, as };
}

/** What is named at a place, or else first in its line. */
function namedAt(state: EditorState, at: number): Shaped | undefined {
  const line = state.doc.lineAt(at);
  const there = shapes.peek().filter(({ from, to }) => from <= line.to && to >= line.from);
  return there.find(({ from, to }) => from <= at && at <= to) ?? there[0];
}

/** What is pointed at in the text lights up elsewhere too. */
const pointing = EditorView.domEventHandlers({
  mousemove({ clientX: x, clientY: y }, view) {
    const height = y - view.documentTop;
    const isText = height >= 0 && height < view.contentHeight;
    const at = view.posAtCoords({ x, y }) ?? view.lineBlockAtHeight(height).from;
    pointed.value = isText ? namedAt(view.state, at)?.name : undefined;
  },
  mouseleave() {
    pointed.value = undefined;
  },
});

export const positions = [markedBy(setLit), markedBy(setPointed), pointing];

/** The row of the line under the cursor; of a parameter, which has no row forward, the one back. */
export function follow({ state }: EditorView): void {
  const named = namedAt(state, state.selection.main.head);
  if (!named || current.peek()?.name === named.name) return;
  const rows = sheet.peek()?.rows ?? [];
  const forward = rows.findIndex(({ name, direction }) => name === named.name && direction === 'forward');
  const at = forward >= 0 ? forward : rows.findIndex(({ name }) => name === named.name);
  if (at >= 0) moveTo(at);
}
