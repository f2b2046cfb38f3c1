import { signal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { sheet } from '../model.ts';
import { words } from '../words/index.ts';
import { Outdated } from './outdated.tsx';

/** The trainer comes after the first derivation. */
const training = signal<ComponentType | undefined>(undefined);

export function TrainPane(): JSX.Element {
  const w = words.value;
  const isThere = sheet.value !== undefined;
  useEffect(() => {
    if (isThere)
      void import('./training/pane.tsx').then(({ Training }) => {
        training.value = Training;
      });
  }, [isThere]);
  const Training = training.value;
  return (
    <section class="pane train" data-idle={sheet.value?.isTrainable === false || undefined} aria-labelledby="train-title">
      <h2 id="train-title">
        {w.train} <Outdated />
      </h2>
      {Training && <Training />}
    </section>
  );
}
