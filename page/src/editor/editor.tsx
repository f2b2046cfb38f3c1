import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { source } from '../model.ts';
import { words } from '../words/index.ts';

/** The source in an editor. */
export function Editor(): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const view = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: source.peek(),
        extensions: [
          history(),
          lineNumbers(),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': words.peek().source }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) source.value = update.state.doc.toString();
          }),
        ],
      }),
    });
    const unsubscribe = source.subscribe((text) => {
      if (text !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    });
    return () => {
      unsubscribe();
      view.destroy();
    };
  }, []);
  return <div class="editor" ref={place} />;
}
