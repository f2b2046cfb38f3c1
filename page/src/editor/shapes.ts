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

export const setShapes = StateEffect.define<readonly Shaped[]>();

function widgetsOf(shapes: readonly Shaped[], doc: Text): DecorationSet {
  const lines = new Map<number, Shaped[]>();
  for (const shaped of shapes) {
    if (shaped.from > doc.length) continue;
    const { to } = doc.lineAt(shaped.from);
    lines.set(to, [...(lines.get(to) ?? []), shaped]);
  }
  const widgets = [...lines].map(([at, named]): Range<Decoration> => {
    const text = named.length === 1 ? named[0]!.shape : named.map(({ name, shape }) => `${name} ${shape}`).join(', ');
    return Decoration.widget({ widget: new Shapes(text), side: 1 }).range(at);
  });
  return RangeSet.of(widgets, true);
}

/** Until a text is read its shapes move with their lines. */
export const shapesAtLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(widgets, { changes, effects, newDoc }) {
    const set = effects.find((e) => e.is(setShapes));
    return set ? widgetsOf(set.value, newDoc) : widgets.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});
