import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { openModel } from '../share/link.ts';
import { openFile } from '../share/open.ts';
import { galleryWords } from '../words/gallery.ts';
import { type GalleryModel, type GroupName, gallery, lineOf } from './models.ts';

/** The name of a file that could not be read. */
const unread = signal('');

const GROUPS = Object.keys(gallery) as GroupName[];

/** Models to begin with. Arrows go from one to the next, Enter opens it, Escape leaves. */
export default function Gallery({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const w = galleryWords.value;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    unread.value = '';
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('.card')?.focus();
  }, []);
  const open = (model: GalleryModel): void => {
    dialog.current?.close();
    openModel(model.source);
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    if (await openFile(file)) dialog.current?.close();
    else unread.value = file.name;
  };
  return (
    <dialog
      ref={dialog}
      class="gallery"
      aria-labelledby="gallery-title"
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && currentTarget.close()}
      onKeyDown={walk}
    >
      <div class="inside">
        <div class="title">
          <h2 id="gallery-title">{w.title}</h2>
          <label class="file">
            {w.open}
            <input type="file" accept=".grad,text/plain" onChange={({ currentTarget }) => void take(currentTarget.files?.[0])} />
          </label>
          <button type="button" class="quiet" aria-label={w.close} onClick={() => dialog.current?.close()}>
            ✕
          </button>
        </div>
        {unread.value !== '' && (
          <p class="bad" role="alert">
            {w.unread(unread.value)}
          </p>
        )}
        {GROUPS.map((name) => (
          <section key={name} aria-labelledby={`gallery-${name}`}>
            <h3 id={`gallery-${name}`}>{w.groups[name]}</h3>
            <ul>
              {gallery[name].map((model) => (
                <li key={model.id}>
                  <Card model={model} onOpen={() => open(model)} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </dialog>
  );
}

function Card({ model, onOpen }: { readonly model: GalleryModel; readonly onOpen: () => void }): JSX.Element {
  const [title, sentence] = galleryWords.value.told[model.id] ?? [model.id, ''];
  return (
    <button type="button" class="card" onClick={onOpen}>
      <strong>{title}</strong>
      <span class="sentence">{sentence}</span>
      <code>{lineOf(model)}</code>
    </button>
  );
}

/** Left and right go one on, up and down a row: to the nearest card of the next line. */
function walk(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const cards = [...event.currentTarget.querySelectorAll<HTMLElement>('.card')];
  const at = cards.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const wanted = nextCard(cards, at, event.key);
  if (wanted === undefined) return;
  event.preventDefault();
  wanted.focus();
}

function nextCard(cards: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  if (key === 'ArrowRight') return cards[at + 1];
  if (key === 'ArrowLeft') return cards[at - 1];
  if (key === 'Home') return cards[0];
  if (key === 'End') return cards.at(-1);
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
  const { top, left } = cards[at]!.getBoundingClientRect();
  const places = cards.map((card) => ({ card, place: card.getBoundingClientRect() }));
  const beyond = places.filter(({ place }) => (key === 'ArrowDown' ? place.top > top + 1 : place.top < top - 1));
  const tops = beyond.map(({ place }) => place.top);
  const line = key === 'ArrowDown' ? Math.min(...tops) : Math.max(...tops);
  const inLine = beyond.filter(({ place }) => Math.abs(place.top - line) < 1);
  inLine.sort((a, b) => Math.abs(a.place.left - left) - Math.abs(b.place.left - left));
  return inLine[0]?.card;
}
