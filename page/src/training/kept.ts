import { computed, effect, signal } from '@preact/signals';
import { begun, frame, model, rateNow, seed } from './run.ts';

/** Runs that are kept to be compared with others. */
export interface KeptRun {
  readonly id: number;
  readonly name: string;
  readonly optimizer: string;
  readonly rate: number | undefined;
  readonly seed: number;
  readonly epochs: number;
  readonly cost: number;
  readonly curve: readonly (readonly [number, number])[];
}

/** More curves cannot be told apart. */
export const MOST_KEPT = 6;

export const kept = signal<readonly KeptRun[]>([]);
export const canKeep = computed(() => (frame.value?.epoch ?? 0) > 0 && kept.value.length < MOST_KEPT);

/** The run as it is now. */
export function keep(hasRate: boolean): void {
  const [run, at] = [begun.peek(), frame.peek()];
  if (!run || !at) return;
  // The first number that is free is also its colour.
  let id = 1;
  while (kept.peek().some((one) => one.id === id)) id++;
  const { optimizer } = run;
  const rate = hasRate ? rateNow.peek() : undefined;
  const { epoch, cost, curve } = at;
  kept.value = [...kept.peek(), { id, name: String(id), optimizer, rate, seed: seed.peek(), epochs: epoch, cost, curve }];
}

let before: string | undefined;

/** Runs of another model are no match: they go with it. */
export const watchKept = (): (() => void) =>
  effect(() => {
    const now = model.value;
    if (now !== before && before !== undefined) kept.value = [];
    before = now;
  });

export const rename = (id: number, name: string): void => {
  kept.value = kept.peek().map((one) => (one.id === id ? { ...one, name } : one));
};

export const drop = (id: number): void => {
  kept.value = kept.peek().filter((one) => one.id !== id);
};
