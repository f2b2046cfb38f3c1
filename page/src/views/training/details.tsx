import 'virtual:pictures.css';
import { signal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { EngineError, Stopped } from '../../engine/client.ts';
import type { Surface } from '../../engine/training.ts';
import { derived, trials } from '../../model.ts';
import { ofModel } from '../../of-model.ts';
import { lang } from '../../settings.ts';
import { begun, epochs, frame, given, isRunning, optimizer, rateNow, seed, training } from '../../training/run.ts';
import { trainingWords } from '../../words/training.ts';
import { Html } from '../html.tsx';

/** Numbers, and the pictures that take longer: they are drawn when they are opened and the run stands. */

const isSurfaceOpen = signal(false);
const surface = signal<Surface | undefined>(undefined);
/** The two parameters that it is drawn over; those that moved most unless chosen. */
const over = ofModel<Surface['over'] | undefined>(undefined);
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
    const [at, wanted, language] = [frame.value, over.value, lang.value];
    if (!isSurfaceOpen.value || isRunning.value || !at) return;
    void quietly(training.ask('surface', { lang: language, ...(wanted && { over: wanted }) })).then((found) => {
      if (frame.peek() === at) surface.value = found;
    });
  });
  useSignalEffect(() => {
    const [reading, run] = [derived.value, begun.value];
    if (!areRatesOpen.value || !reading || !run || isRunning.value) return;
    const plan = { optimizer: optimizer.value, seed: seed.value, epochs: epochs.value, lr: rateNow.value, options: {}, more: {} };
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
        open={isSurfaceOpen.value}
        onToggle={({ currentTarget }) => {
          isSurfaceOpen.value = currentTarget.open;
        }}
      >
        <summary>{w.surface}</summary>
        {surface.value ? <CostSurface found={surface.value} /> : <p class="hint">{w.noSurface}</p>}
      </details>
      <details
        class="drawing"
        open={areRatesOpen.value}
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

function CostSurface({ found: { svg, over: drawn, entries } }: { readonly found: Surface }): JSX.Element {
  const w = trainingWords.value;
  // What was chosen may still be on its way, or be of another model.
  const axes = over.value?.every((label) => entries.includes(label)) ? over.value : drawn;
  return (
    <>
      {entries.length > 2 && (
        <div class="axes">
          {axes.map((label, k) => (
            <label key={w.axes[k]} class="field">
              <span>{w.axes[k]}</span>
              <select
                value={label}
                onChange={({ currentTarget: { value } }) => {
                  // The one that was the other's changes places with it.
                  const other = axes[1 - k]! === value ? label : axes[1 - k]!;
                  over.value = k === 0 ? [value, other] : [other, value];
                }}
              >
                {entries.map((entry) => (
                  <option key={entry} value={entry}>
                    {entry}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
      )}
      <Html as="div" class="report" html={svg} />
    </>
  );
}
