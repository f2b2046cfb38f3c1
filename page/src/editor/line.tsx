import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder } from '@codemirror/view';
import { effect, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Place } from '../engine/protocol.ts';
import { highlighting } from './highlight.ts';
import { typedOver } from './over.ts';
import { replace } from './replace.ts';
import { signs } from './symbols.ts';

export interface LineProps {
  readonly text: Signal<string>;
  /** What is wrong, and where, read within an effect. */
  readonly wrong: () => (Place & { readonly message: string }) | undefined;
  readonly label: () => string;
  readonly cursor: number | undefined;
}

/** One line stays one line, also where several are pasted. */
const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (transaction.newDoc.lines === 1) return transaction;
  const insert = transaction.newDoc
    .toString()
    .trim()
    .replace(/\s*\n\s*/g, ' ');
  return { changes: { from: 0, to: transaction.startState.doc.length, insert }, selection: { anchor: insert.length } };
});

/** A formula in a line, with the editor's colours and signs. */
export function Line({ text, wrong, label, cursor }: LineProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  // Before anything is painted without it.
  useLayoutEffect(() => {
    const spoken = new Compartment();
    const speech = (): Extension => [EditorView.contentAttributes.of({ 'aria-label': label() }), placeholder(label())];
    const view = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: text.peek(),
        selection: { anchor: cursor ?? 0 },
        extensions: [
          history(),
          drawSelection(),
          bracketMatching(),
          closeBrackets(),
          EditorState.languageData.of(() => [{ closeBrackets: { brackets: ['(', '['] } }]),
          oneLine,
          keymap.of([{ key: 'Enter', run: () => true }, ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap]),
          EditorView.contentAttributes.of({
            spellcheck: 'false',
            autocapitalize: 'off',
            autocorrect: 'off',
            'aria-multiline': 'false',
          }),
          spoken.of(speech()),
          highlighting,
          signs,
          typedOver,
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) text.value = state.doc.toString();
          }),
        ],
      }),
    });
    if (cursor !== undefined) view.focus();
    const ends = [
      text.subscribe((now) => replace(view, now)),
      effect(() => view.dispatch({ effects: spoken.reconfigure(speech()) })),
      effect(() => {
        const fault = wrong();
        const end = view.state.doc.length;
        const shown = fault && fault.from < fault.to && fault.to <= end ? [{ ...fault, severity: 'error' as const }] : [];
        view.dispatch(setDiagnostics(view.state, shown));
      }),
    ];
    return () => {
      for (const end of ends) end();
      view.destroy();
    };
  }, []);
  return <div class="editor line" ref={place} />;
}
