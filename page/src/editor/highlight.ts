import { type Range, RangeSet, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { type Lexeme, scan } from '../../../src/language/lexer.ts';
import { METRIC, ROLES, SENSES } from '../../../src/language/words.ts';

/** The engine's own lexemes, told apart by colours. They do not reach over lines: what is seen is enough to read. */

const mark = (kind: string): Decoration => Decoration.mark({ class: `tok-${kind}` });

const KINDS = {
  comment: mark('comment'),
  number: mark('number'),
  keyword: mark('keyword'),
  function: mark('function'),
  learned: mark('learned'),
  sign: mark('sign'),
  unreadable: mark('unreadable'),
} as const;

const KEYWORDS = new Set([...ROLES, ...SENSES, METRIC]);

/** Names that are learned stand out: a gradient arrives at them. */
export const setLearned = StateEffect.define<ReadonlySet<string>>();

const learned = StateField.define<ReadonlySet<string>>({
  create: () => new Set(),
  update: (names, { effects }) => effects.find((e) => e.is(setLearned))?.value ?? names,
});

function kindOf({ type, text }: Lexeme, after: string, names: ReadonlySet<string>): Decoration | undefined {
  switch (type) {
    case 'comment':
      return KINDS.comment;
    case 'number':
    case 'fraction':
    case 'superscript':
      return KINDS.number;
    case 'name':
      if (KEYWORDS.has(text)) return KINDS.keyword;
      if (names.has(text)) return KINDS.learned;
      return after === '(' ? KINDS.function : undefined;
    case 'symbol':
    case 'norm':
      return KINDS.sign;
    case 'unreadable':
      return KINDS.unreadable;
    default:
      return undefined;
  }
}

function marksOf(view: EditorView): DecorationSet {
  const names = view.state.field(learned);
  const marks: Range<Decoration>[] = [];
  for (const { from, to } of view.visibleRanges) {
    for (let line = view.state.doc.lineAt(from); ; line = view.state.doc.lineAt(line.to + 1)) {
      markLine(line.text, line.from, names, marks);
      if (line.to >= to) break;
    }
  }
  return RangeSet.of(marks);
}

function markLine(text: string, start: number, names: ReadonlySet<string>, marks: Range<Decoration>[]): void {
  for (let at = 0; at < text.length; ) {
    const from = at;
    at = text.length;
    scan(text.slice(from), (lexeme) => {
      // What cannot be read is one sign; behind it reading goes on.
      const length = lexeme.type === 'unreadable' ? 1 : lexeme.text.length;
      const [begin, end] = [from + lexeme.offset, from + lexeme.offset + length];
      const kind = kindOf(lexeme, text.charAt(end), names);
      if (kind) marks.push(kind.range(start + begin, start + end));
      if (lexeme.type !== 'unreadable') return true;
      at = end;
      return false;
    });
  }
}

const painter = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = marksOf(view);
    }

    update({ docChanged, viewportChanged, startState, state, view }: ViewUpdate): void {
      if (docChanged || viewportChanged || startState.field(learned) !== state.field(learned)) this.decorations = marksOf(view);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

export const highlighting = [learned, painter];
