import { effect, signal } from '@preact/signals';
import { FIRST } from '../first.ts';
import { moveTo, source } from '../model.ts';
import { another } from '../of-model.ts';
import { addressOf, holdsSource, sourceIn } from './address.ts';

/** The address and the source, each kept as the other. */

/** A browser refuses an address that changes with every key. */
const PAUSE = 400;

/** Whether the page was opened by an address that could not be read. */
export const isBroken = signal(false);
/** Whether the source is too long for an address. */
export const isTooLong = signal(false);

/** Takes the source that the page was opened with. */
export async function openAddress(): Promise<void> {
  if (!holdsSource(location.hash)) return;
  const found = await sourceIn(location.hash);
  isBroken.value = found === undefined;
  if (found !== undefined) source.value = found;
}

/** A model from elsewhere: who goes back in the history is back at the one before. */
export function openModel(text: string): void {
  if (text !== source.peek()) history.pushState(null, '', location.href);
  another(() => {
    source.value = text;
    moveTo(0);
  });
}

/** Keeps the address as the source is, and the source as the address. Gives what ends that. */
export function linking(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let first = true;
  const end = effect(() => {
    const text = source.value;
    clearTimeout(timer);
    // An address that could not be read stays for who wants to look at it, until something is typed.
    if (!(first && isBroken.peek())) timer = setTimeout(() => void write(text), PAUSE);
    first = false;
  });
  const read = async (): Promise<void> => {
    const { hash } = location;
    const found = hash === '' ? FIRST : await sourceIn(hash);
    if (location.hash !== hash) return;
    isBroken.value = found === undefined && holdsSource(hash);
    if (found !== undefined && found !== source.peek())
      another(() => {
        source.value = found;
      });
  };
  const heard = (): void => void read();
  addEventListener('hashchange', heard);
  return () => {
    end();
    clearTimeout(timer);
    removeEventListener('hashchange', heard);
  };
}

async function write(text: string): Promise<void> {
  const hash = text === FIRST ? '' : await addressOf(text);
  if (source.peek() !== text) return;
  isBroken.value = false;
  isTooLong.value = hash === undefined;
  // What does not fit leaves no other model in the address.
  const there = hash ?? '';
  if (location.hash === there) return;
  history.replaceState(history.state, '', there === '' ? location.pathname + location.search : there);
}

/** The link to a source as it is now; undefined if it is too long for one. */
export async function linkTo(text: string): Promise<string | undefined> {
  const hash = await addressOf(text);
  return hash === undefined ? undefined : `${location.origin}${location.pathname}${hash}`;
}
