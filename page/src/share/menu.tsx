import { signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { EngineError, Stopped } from '../engine/client.ts';
import type { FileKind } from '../engine/protocol.ts';
import { source } from '../model.ts';
import { given } from '../training/run.ts';
import { shareWords } from '../words/share.ts';
import { LONGEST_ADDRESS, LONGEST_SAFE } from './address.ts';
import { type Download, hasLearned, modelFile, parametersFile, save, sourceFile } from './files.ts';
import { linkTo } from './link.ts';
import { type PictureFound, pictureFile, picturesHere } from './pictures.ts';

/** What programs are called where they are used. */
const PROGRAMS: readonly (readonly [FileKind, string])[] = [
  ['numpy', 'NumPy'],
  ['torch', 'PyTorch'],
  ['jax', 'JAX'],
  ['c', 'C'],
  ['js', 'JavaScript'],
];

/** What came of the last thing that was asked for. */
const told = signal<{ readonly text: string; readonly isBad?: boolean } | undefined>(undefined);
const address = signal<string | undefined>('');
const pictures = signal<readonly PictureFound[]>([]);

async function make(work: () => Download | Promise<Download>): Promise<void> {
  const w = shareWords.peek();
  told.value = { text: w.making };
  try {
    const file = await work();
    save(file);
    told.value = { text: w.made(file.name) };
  } catch (error) {
    if (error instanceof Stopped) told.value = undefined;
    else if (error instanceof EngineError) {
      const { message, hint } = error.trouble;
      told.value = { text: [message, hint].filter(Boolean).join('; '), isBad: true };
    } else throw error;
  }
}

async function copy(field: HTMLInputElement | null): Promise<void> {
  field?.select();
  try {
    await navigator.clipboard.writeText(address.peek() ?? '');
  } catch {
    // Where a page may not write there, what is selected may be copied still.
    document.execCommand('copy');
  }
  told.value = { text: shareWords.peek().copied };
}

/** Everything that can be taken away from here. */
export default function ShareDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const w = shareWords.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    told.value = undefined;
    pictures.value = picturesHere();
    void linkTo(source.peek()).then((found) => {
      address.value = found;
    });
    dialog.current?.showModal();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, as any dialog
    <dialog
      ref={dialog}
      class="share"
      aria-labelledby="share-title"
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && currentTarget.close()}
    >
      <div class="inside">
        <div class="title">
          <h2 id="share-title">{w.title}</h2>
          <button type="button" class="quiet" aria-label={w.close} onClick={() => dialog.current?.close()}>
            ✕
          </button>
        </div>
        {address.value === undefined ? (
          <p class="hint">{w.tooLong(LONGEST_ADDRESS)}</p>
        ) : (
          <>
            <div class="link">
              <input
                ref={field}
                type="text"
                readOnly
                aria-label={w.link}
                value={address.value}
                onFocus={(e) => e.currentTarget.select()}
              />
              <button type="button" class="strong" onClick={() => void copy(field.current)}>
                {w.copy}
              </button>
            </div>
            <p class="hint">{address.value.length > LONGEST_SAFE ? w.long : w.linkNote}</p>
            {given.value.kind !== 'own' && <p class="bad">{w.withoutData}</p>}
          </>
        )}
        <Group title={w.model}>
          <File label=".grad" work={sourceFile} />
        </Group>
        <Group title={w.derivation}>
          <File label={w.report} work={() => modelFile('report')} />
          <File label="LaTeX" work={() => modelFile('latex')} />
          <File label="Markdown" work={() => modelFile('markdown')} />
        </Group>
        <Group title={w.program}>
          {PROGRAMS.map(([kind, label]) => (
            <File key={kind} label={label} work={() => modelFile(kind)} />
          ))}
        </Group>
        {hasLearned() && (
          <Group title={w.results}>
            <File label={w.parameters} work={parametersFile} />
          </Group>
        )}
        {pictures.value.length > 0 && (
          <Group title={w.pictures}>
            {pictures.value.map((picture) => (
              <span key={picture.name} class="pair">
                <span class="of" title={picture.label}>
                  {w.pictureOf(picture.name)}
                </span>
                <File label="SVG" of={w.pictureOf(picture.name)} work={() => pictureFile(picture, 'svg')} />
                <File label="PNG" of={w.pictureOf(picture.name)} work={() => pictureFile(picture, 'png')} />
              </span>
            ))}
          </Group>
        )}
        <p class={told.value?.isBad ? 'told bad' : 'told'} role="status">
          {told.value?.text}
        </p>
      </div>
    </dialog>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <fieldset>
      <legend>{title}</legend>
      <div class="files">{children}</div>
    </fieldset>
  );
}

interface FileProps {
  readonly label: string;
  /** The picture that it is of. */
  readonly of?: string;
  readonly work: () => Download | Promise<Download>;
}

function File({ label, of, work }: FileProps): JSX.Element {
  return (
    <button type="button" aria-label={of && `${of} ${label}`} onClick={() => void make(work)}>
      {label}
    </button>
  );
}
