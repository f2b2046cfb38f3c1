import { signal } from '@preact/signals';

/** A file that the page hands out. */
export interface Download {
  readonly name: string;
  readonly data: Blob;
}

/** What a part of the page has to hand out: parameters that were learned, a run. */
export interface Offer {
  readonly id: string;
  /** What it is, in the language that is chosen. */
  readonly label: () => string;
  readonly make: () => Download | Promise<Download>;
}

export const offers = signal<readonly Offer[]>([]);

/** Adds what can be had, in place of what had its id. Gives what takes it away. */
export function offer(one: Offer): () => void {
  offers.value = [...offers.peek().filter(({ id }) => id !== one.id), one];
  return () => {
    offers.value = offers.peek().filter((other) => other !== one);
  };
}
