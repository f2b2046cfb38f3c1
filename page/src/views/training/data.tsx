import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import {
  chooseKind,
  type DataKind,
  isSet,
  KINDS,
  kind,
  setOptions,
  settled,
  take,
  write,
  writeTrouble,
} from '../../training/data.ts';
import { given } from '../../training/run.ts';
import { dataWords } from '../../words/data.ts';
import { DrawPlane } from './draw.tsx';
import { NumberField } from './plan.tsx';
import { TableMap } from './table.tsx';

/** More numbers than this are too many for the text of a model. */
const FEW = 200;

/** What is learned from. */
export function DataSection(): JSX.Element {
  const w = dataWords.value;
  const now = kind.value;
  const trouble = writeTrouble.value;
  const data = given.value;
  const few = data.kind === 'points' && data.targets.length * (data.features.length + 1) <= FEW;
  const [isOver, setOver] = useState(false);
  return (
    <section
      class={`given ${isOver ? 'over' : ''}`}
      aria-label={w.title}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (file) take(file.name, file);
      }}
    >
      <div class="line">
        <label class="field">
          <span>{w.title}</span>
          <select value={now} onChange={({ currentTarget }) => chooseKind(currentTarget.value as DataKind)}>
            {KINDS.map((name) => (
              <option key={name} value={name}>
                {w.kinds[name]}
              </option>
            ))}
          </select>
        </label>
        {isSet(now) && (
          <>
            <NumberField
              label={w.count}
              value={settled.value.count}
              least={2}
              below={5001}
              whole
              set={(count) => change({ count })}
            />
            <NumberField label={w.noise} value={settled.value.noise} least={0} set={(noise) => change({ noise })} />
            <NumberField label={w.seed} value={settled.value.seed} least={0} whole set={(seed) => change({ seed })} />
          </>
        )}
        {few && (
          <button type="button" class="quiet" onClick={() => void write()}>
            {w.write}
          </button>
        )}
      </div>
      {now === 'file' && <TableMap />}
      {now === 'drawn' && <DrawPlane />}
      {trouble && (
        <p role="status">
          {trouble.message}
          {trouble.hint && <span class="hint"> {trouble.hint}</span>}
        </p>
      )}
    </section>
  );
}

function change(next: Partial<typeof settled.value>): void {
  setOptions.value = { ...setOptions.peek(), ...next };
}
