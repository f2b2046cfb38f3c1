import { type Range, RangeSet, StateEffect, StateField, type Text } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import type { Shaped } from '../engine/protocol.ts';

/** The shapes of what a line names, at its end. */
class Shapes extends WidgetType {
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }

  override eq(other: Shapes): boolean {
    return other.text === this.text;
  }

  override toDOM(): HTMLElement {
    const place = document.createElement('span');
    place.className = 'cm-shapes';
    place.textContent = this.text;
    return place;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

const DECLARED = /^(?:(?:data|param|const)\s+)?[^\s=:,]+\s*:\s*\[/;

export const setShapes = StateEffect.define<readonly Shaped[]>();

function widgetsOf(shapes: readonly Shaped[], doc: Text): DecorationSet {
  const lines = new Map<number, Shaped[]>();
  for (const shaped of shapes) {
    if (shaped.from > doc.length) continue;
    const { to, from, text } = doc.lineAt(shaped.from);
    // What says its shape itself need not be told.
    if (DECLARED.test(text.slice(shaped.from - from))) continue;
    lines.set(to, [...(lines.get(to) ?? []), shaped]);
  }
  const widgets = [...lines].map(([at, named]): Range<Decoration> => {
    const text =
      named.length === 1 && isAlone(named[0]!, doc)
        ? named[0]!.shape
        : named.map(({ name, shape }) => `${name} ${shape}`).join(', ');
    return Decoration.widget({ widget: new Shapes(text), side: 1 }).range(at);
  });
  return RangeSet.of(widgets, true);
}

/** Whether its line names nothing else. */
const isAlone = ({ from }: Shaped, doc: Text): boolean =>
  !/^\s*(?:data|param|const)\s.*,\s*[\p{L}_]/u.test(doc.lineAt(from).text);

/** Until a text is read its shapes move with their lines. */
export const shapesAtLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(widgets, { changes, effects, newDoc }) {
    const set = effects.find((e) => e.is(setShapes));
    return set ? widgetsOf(set.value, newDoc) : widgets.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});
