import { signal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { isBroken, isTooLong, linking } from '../share/link.ts';
import { doorWords } from '../words/doors.ts';

/** In by the gallery or a link, out by what is shared. What a door leads to is loaded when it is opened. */

type Dialog = ComponentType<{ readonly onClose: () => void }>;

const DOORS = {
  gallery: () => import('../gallery/gallery.tsx'),
  share: () => import('../share/menu.tsx'),
} as const satisfies Record<string, () => Promise<{ default: Dialog }>>;

const opened = signal<{ readonly Dialog: Dialog } | undefined>(undefined);

async function enter(name: keyof typeof DOORS): Promise<void> {
  opened.value = { Dialog: (await DOORS[name]()).default };
}

const close = (): void => {
  opened.value = undefined;
};

export function Doors(): JSX.Element {
  useEffect(linking, []);
  const Dialog = opened.value?.Dialog;
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => void enter('gallery')}>
        {doorWords.value.examples}
      </button>
      <button type="button" aria-haspopup="dialog" onClick={() => void enter('share')}>
        {doorWords.value.share}
      </button>
      {Dialog && <Dialog onClose={close} />}
    </>
  );
}

/** What there is to know of the address. */
export function AddressNote(): JSX.Element | null {
  if (isBroken.value) return <p class="bad">{doorWords.value.broken}</p>;
  if (isTooLong.value) return <p class="hint">{doorWords.value.tooLong}</p>;
  return null;
}
