import { signal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { EngineError, Stopped } from '../../engine/client.ts';
import { derived, trials } from '../../model.ts';
import { lang } from '../../settings.ts';
import { begun, epochs, frame, given, isRunning, optimizer, rateNow, seed, training } from '../../training/run.ts';
import { trainingWords } from '../../words/training.ts';
import { Html } from '../html.tsx';

/** Numbers, and the pictures that take longer: they are drawn when they are opened and the run stands. */

const isSurfaceOpen = signal(false);
const surface = signal<string | undefined>(undefined);
const areRatesOpen = signal(false);
const rates = signal<string | undefined>(undefined);

async function quietly<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof EngineError || error instanceof Stopped) return undefined;
    throw error;
  }
}

export function Details(): JSX.Element {
  const w = trainingWords.value;
  useSignalEffect(() => {
    const [epoch, language] = [frame.value?.epoch ?? 0, lang.value];
    if (!isSurfaceOpen.value || isRunning.value) return;
    if (epoch === 0) {
      surface.value = undefined;
      return;
    }
    void quietly(training.ask('surface', { lang: language })).then((svg) => {
      surface.value = svg;
    });
  });
  useSignalEffect(() => {
    const [reading, run] = [derived.value, begun.value];
    if (!areRatesOpen.value || !reading || !run || isRunning.value) return;
    const plan = { optimizer: optimizer.value, seed: seed.value, epochs: epochs.value, lr: rateNow.value, options: {} };
    void quietly(trials.ask('rates', { ...reading, given: given.value, plan })).then((svg) => {
      rates.value = svg;
    });
  });
  return (
    <>
      <details class="numbers" open>
        <summary>{w.parameters}</summary>
        <dl class="parameters">
          {frame.value?.parameters.map(({ name, lines }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{lines.join('\n')}</dd>
            </div>
          ))}
        </dl>
      </details>
      <details
        class="drawing"
        onToggle={({ currentTarget }) => {
          isSurfaceOpen.value = currentTarget.open;
        }}
      >
        <summary>{w.surface}</summary>
        {surface.value ? <Html as="div" class="report" html={surface.value} /> : <p class="hint">{w.noSurface}</p>}
      </details>
      <details
        class="drawing"
        onToggle={({ currentTarget }) => {
          areRatesOpen.value = currentTarget.open;
        }}
      >
        <summary>{w.rates}</summary>
        {rates.value ? <Html as="div" class="report" html={rates.value} /> : <p class="hint">{w.noRates}</p>}
      </details>
    </>
  );
}
