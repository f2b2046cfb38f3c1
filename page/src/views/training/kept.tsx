import type { JSX } from 'preact';
import { canKeep, drop, keep, kept, rename } from '../../training/kept.ts';
import { begun, isRunning, methods } from '../../training/run.ts';
import { trainingWords } from '../../words/training.ts';
import { told } from './told.ts';

/** Puts the run as it is beside others. */
export function Keep(): JSX.Element {
  const hasRate = methods.value.find(({ name }) => name === begun.value?.optimizer)?.rate !== undefined;
  return (
    <button type="button" class="quiet" disabled={!canKeep.value || isRunning.value} onClick={() => keep(hasRate)}>
      {trainingWords.value.keep}
    </button>
  );
}

/** Runs side by side: their curves are above. */
export function KeptRuns(): JSX.Element | null {
  const w = trainingWords.value;
  const runs = kept.value;
  if (runs.length === 0) return null;
  return (
    <div class="kept">
      <table aria-label={w.kept}>
        <thead class="sr">
          <tr>
            <th scope="col">{w.keptName}</th>
            <th scope="col">{w.optimizer}</th>
            <th scope="col">{w.epochs}</th>
            <th scope="col">{w.cost}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {runs.map(({ id, name, optimizer, rate, epochs, cost }) => (
            <tr key={id}>
              <td>
                <svg width="22" height="8" aria-hidden="true">
                  <path class={`run run-${id}`} d="M0,4H22" />
                </svg>
                <input
                  type="text"
                  aria-label={w.keptName}
                  value={name}
                  onInput={({ currentTarget }) => rename(id, currentTarget.value)}
                />
              </td>
              <td>
                {optimizer}
                {rate !== undefined && `, α = ${told(rate)}`}
              </td>
              <td class="number">{epochs}</td>
              <td class="number">{told(cost, 4)}</td>
              <td>
                <button type="button" class="quiet" aria-label={w.remove(name)} title={w.remove(name)} onClick={() => drop(id)}>
                  ×
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
