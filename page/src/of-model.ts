import { batch, type Signal, signal } from '@preact/signals';

/** What is set for one model is not meant for another: a model from elsewhere is met as the first one was. */

const resets: (() => void)[] = [];

/** How many models from elsewhere were opened. An edit opens none. */
export const openings = signal(0);

/** A signal that is as it began when another model is opened. */
export function ofModel<T>(usual: T): Signal<T> {
  const own = signal(usual);
  resets.push(() => {
    own.value = usual;
  });
  return own;
}

/** @param open puts the other model into its place */
export function another(open: () => void): void {
  batch(() => {
    for (const reset of resets) reset();
    openings.value++;
    open();
  });
}
