import { signal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { mending } from '../mending.ts';
import { isSlow, sheet, source, stop, trouble } from '../model.ts';
import { dropped } from '../share/open.ts';
import { isTypesetStale, setting, typeset } from '../typed.ts';
import { words } from '../words/index.ts';
import { ClaimBox } from './claim.tsx';
import { AddressNote } from './doors.tsx';
import { Html } from './html.tsx';

/** The editor proper comes after the first view; until then there is a plain field. */
const editor = signal<ComponentType<{ cursor: number | undefined }> | undefined>(undefined);
let cursor: number | undefined;

export function ModelPane(): JSX.Element {
  const w = words.value;
  useEffect(mending, []);
  useEffect(() => {
    void import('../editor/editor.tsx').then(({ Editor }) => {
      const { activeElement: plain } = document;
      if (plain instanceof HTMLTextAreaElement) cursor = plain.selectionStart;
      editor.value = Editor;
    });
  }, []);
  const Editor = editor.value;
  return (
    <section
      class="pane model"
      aria-labelledby="model-title"
      onDragOver={(event) => event.dataTransfer?.types.includes('Files') && event.preventDefault()}
      onDropCapture={drop}
    >
      <h2 id="model-title">{w.model}</h2>
      {Editor ? (
        <Editor cursor={cursor} />
      ) : (
        <textarea
          class="plain"
          aria-label={w.source}
          spellcheck={false}
          autocapitalize="off"
          rows={source.value.split('\n').length}
          value={source.value}
          onInput={({ currentTarget }) => (source.value = currentTarget.value)}
        />
      )}
      <Typeset />
      <AddressNote />
      <Verdict />
      <ClaimBox />
    </section>
  );
}

/** The line that is written as mathematics has it; before anything is, what the model comes to. */
function Typeset(): JSX.Element {
  useEffect(setting, []);
  return (
    <div class={`typeset${isTypesetStale.value ? ' stale' : ''}`}>
      <Html class="formula" html={typeset.value} />
    </div>
  );
}

/** A file with a model takes the place of the one that is there, data go to where it learns; the rest is left to the editor. */
function drop(event: DragEvent): void {
  const open = dropped(event);
  if (!open) return;
  event.preventDefault();
  event.stopPropagation();
  void open();
}

/** What is wrong with the source, with its likely fix. */
function Verdict(): JSX.Element {
  const w = words.value;
  const wrong = trouble.value;
  return (
    <div class="verdict" role="status">
      {wrong && (
        <>
          <p class="bad">{wrong.message}</p>
          {wrong.note && <p>{wrong.note}</p>}
          {wrong.hint && <p class="hint">{wrong.hint}</p>}
          {wrong.of === source.value &&
            wrong.fixes?.map((fix) => (
              <button key={fix.label} type="button" onClick={() => (source.value = fix.source)}>
                {w.fix}: <code>{fix.label}</code>
              </button>
            ))}
        </>
      )}
      {!wrong &&
        sheet.value?.warnings.map(({ message, hint }) => (
          <p key={message} class="hint">
            {[message, hint].filter(Boolean).join('; ')}
          </p>
        ))}
      {isSlow.value && (
        <p>
          {w.stuck}{' '}
          <button type="button" onClick={stop}>
            ■
          </button>
        </p>
      )}
    </div>
  );
}
