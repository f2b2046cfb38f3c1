import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { effect, untracked } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { current, isStale, pointed, position, shapes, sheet, source, trouble } from '../model.ts';
import { written } from '../typed.ts';
import { editorWords } from '../words/editor.ts';
import { words } from '../words/index.ts';
import { completions } from './completion.ts';
import { highlighting, setLearned } from './highlight.ts';
import { typedOver } from './over.ts';
import { follow, placeOf, positions, setLit, setPointed } from './position.ts';
import { showProblems } from './problems.ts';
import { replace } from './replace.ts';
import { setShapes, shapesAtLines } from './shapes.ts';
import { signs } from './symbols.ts';

/** What the editor says of itself, in the language that is chosen. */
const spoken = new Compartment();

const speech = (): Extension => [
  EditorState.phrases.of(editorWords.value.phrases),
  EditorView.contentAttributes.of({ 'aria-label': words.value.source, 'aria-description': editorWords.value.help }),
];

const extensions = (): Extension => [
  history(),
  lineNumbers(),
  highlightSpecialChars(),
  drawSelection(),
  bracketMatching(),
  closeBrackets(),
  autocompletion({ override: [completions], icons: false, maxRenderedOptions: 60 }),
  EditorState.languageData.of(() => [{ closeBrackets: { brackets: ['(', '['] }, commentTokens: { line: '#' } }]),
  // Tab takes what is offered; otherwise it leaves the editor, and Escape puts an offer away.
  keymap.of([
    { key: 'Tab', run: (view) => completionStatus(view.state) === 'active' && acceptCompletion(view) },
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...lintKeymap,
    ...defaultKeymap,
    ...historyKeymap,
  ]),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ spellcheck: 'false', autocapitalize: 'off', autocorrect: 'off' }),
  spoken.of(speech()),
  highlighting,
  shapesAtLines,
  positions,
  signs,
  typedOver,
  EditorView.updateListener.of(({ docChanged, selectionSet, state, view }) => {
    if (docChanged) source.value = state.doc.toString();
    else if (selectionSet && view.hasFocus) follow(view);
    // The derivation is asked for first.
    if (docChanged || selectionSet) written.value = view.hasFocus ? state.doc.lineAt(state.selection.main.head).text : '';
  }),
];

/** What the engine says is shown in the text. Gives what ends that. */
function linked(view: EditorView): () => void {
  const ends = [
    source.subscribe((text) => replace(view, text)),
    effect(() => view.dispatch({ effects: spoken.reconfigure(speech()) })),
    effect(() => {
      view.dispatch({ effects: setLearned.of(new Set(sheet.value?.learned)) });
    }),
    effect(() => view.dispatch({ effects: setShapes.of(shapes.value) })),
    // A place in a text that has gone on since is no place.
    effect(() => {
      if (!isStale.value || trouble.value) showProblems(view, trouble.value, sheet.value?.warnings ?? []);
    }),
    effect(() => {
      const { name, direction = 'back' } = current.value ?? {};
      view.dispatch({ effects: setLit.of(placeOf(name, direction, shapes.value)) });
    }),
    effect(() => {
      position.value;
      const lit = untracked(() => placeOf(current.value?.name, 'pointed', shapes.value));
      // Who writes looks at what is written.
      if (lit && lit.at <= view.state.doc.length && !view.hasFocus)
        view.dispatch({ effects: EditorView.scrollIntoView(lit.at, { y: 'nearest' }) });
    }),
    effect(() => {
      view.dispatch({ effects: setPointed.of(placeOf(pointed.value, 'pointed', shapes.value)) });
    }),
    effect(() => {
      if (sheet.value && view.hasFocus) follow(view);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

interface EditorProps {
  /** Where the cursor stood in the plain field, if it did: who typed there types on. */
  readonly cursor: number | undefined;
}

/** The source in an editor. */
export function Editor({ cursor }: EditorProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  // Before anything is painted without it.
  useLayoutEffect(() => {
    const view = new EditorView({
      parent: place.current!,
      state: EditorState.create({ doc: source.peek(), selection: { anchor: cursor ?? 0 }, extensions: extensions() }),
    });
    const end = linked(view);
    if (cursor !== undefined) view.focus();
    return () => {
      end();
      view.destroy();
    };
  }, []);
  return <div class="editor" ref={place} />;
}
