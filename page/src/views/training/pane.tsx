import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { sheet } from '../../model.ts';
import { openings } from '../../of-model.ts';
import { chooseKind, watchData } from '../../training/data.ts';
import { watchKept } from '../../training/kept.ts';
import {
  begun,
  failure,
  follow,
  frame,
  given,
  isBarred,
  isPreparing,
  isRunning,
  methods,
  pause,
  refused,
  run,
  startAgain,
  step,
} from '../../training/run.ts';
import { dataWords } from '../../words/data.ts';
import { trainingWords } from '../../words/training.ts';
import { CostCurves } from './costs.tsx';
import { DataSection } from './data.tsx';
import { Details } from './details.tsx';
import { Keep, KeptRuns } from './kept.tsx';
import { MoreOptions, PlanForm, Rate } from './plan.tsx';
import { Neurons, Prediction } from './prediction.tsx';
import { told } from './told.ts';

/** A run, how it is asked for, and what it comes to. */
export function Training(): JSX.Element {
  const w = trainingWords.value;
  useEffect(() => {
    follow();
    watchData();
    return watchKept();
  }, []);
  if (methods.value.length === 0) return <p class="hint preparing">{w.preparing}</p>;
  if (sheet.value && !sheet.value.isTrainable) return <p class="hint">{w.nothing}</p>;
  return (
    <>
      <Controls />
      {/* What was typed and refused is not meant for another model. */}
      <PlanForm key={`plan ${openings.value}`} />
      <DataSection key={`data ${openings.value}`} />
      <Rate />
      <Outcome />
      {frame.value && (
        <div class={`pictures ${begun.value?.scene?.kind ?? ''}`}>
          <Prediction />
          <div class="beside">
            <CostCurves />
            <Keep />
          </div>
          <KeptRuns />
          <Neurons />
        </div>
      )}
      <MoreOptions key={`more ${openings.value}`} />
      {frame.value && <Details />}
    </>
  );
}

function Controls(): JSX.Element {
  const w = trainingWords.value;
  const at = frame.value;
  const running = isRunning.value;
  return (
    <div class="controls">
      <div class="transport">
        <button type="button" class="main" disabled={isBarred.value && !running} onClick={() => void (running ? pause() : run())}>
          <span aria-hidden="true">{running ? '❚❚' : '▶'}</span> {running ? w.pause : w.run}
        </button>
        <button
          type="button"
          aria-label={w.oneStep}
          title={w.oneStep}
          disabled={running || isBarred.value}
          onClick={() => void step()}
        >
          {w.step}
        </button>
        <button type="button" aria-label={w.again} title={w.again} onClick={() => void startAgain()}>
          ↺
        </button>
      </div>
      {at && (
        <p class="state">
          <span class="epoch">
            {w.epoch} <b>{at.epoch}</b>
          </span>{' '}
          <span class="cost">
            {sheet.value?.objective || w.cost} <b>{told(at.cost, 4)}</b>
          </span>
          {Object.entries(at.metrics).map(([name, value]) => (
            <span key={name} class="metric">
              {name} <b>{told(value, 4)}</b>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

/** That the epochs are done is seen. */
const SEEN: Readonly<Record<string, string>> = { converged: 'good', early: 'hint', diverged: 'hint' };

/** How a run ended, calmly; or why there is none. */
function Outcome(): JSX.Element {
  const w = trainingWords.value;
  const barred = refused.value;
  const trouble = barred === undefined ? failure.value : undefined;
  const ended = isRunning.value ? undefined : frame.value?.ended;
  const run = begun.value;
  return (
    <div class="outcome" role="status">
      {barred !== undefined && <p>{w.see(barred)}</p>}
      {trouble?.option && <p>{w.see(w.options[trouble.option] ?? trouble.option)}</p>}
      {trouble && !trouble.option && (
        <>
          <p class="bad">{given.value.kind === 'own' ? trouble.message : dataWords.value.notFitting(trouble.message)}</p>
          {trouble.hint && <p class="hint">{trouble.hint}</p>}
          {given.value.kind !== 'own' && (
            <button type="button" onClick={() => chooseKind('own')}>
              {dataWords.value.ownAgain}
            </button>
          )}
        </>
      )}
      {!trouble && barred === undefined && !run && <p class={isPreparing.value ? 'hint preparing' : 'sr'}>{w.preparing}</p>}
      {!trouble && run?.instead && (
        <p>
          {run.instead.message}: {dataWords.value.ownInstead}
        </p>
      )}
      {!trouble && run?.reason && <p class="hint">{w.chosen(run.optimizer, run.reason)}</p>}
      {!trouble && ended && (
        <>
          {(ended.messages.length === 0 || ended.stopped === 'diverged') && (
            <p class={SEEN[ended.stopped] ?? 'sr'}>{w.stopped[ended.stopped]}</p>
          )}
          {ended.messages.map(({ message, hint }) => (
            <div key={message}>
              <p>{message}</p>
              {hint && <p class="hint">{hint}</p>}
            </div>
          ))}
          {ended.best !== undefined && <p class="hint">{w.best(String(ended.best))}</p>}
        </>
      )}
    </div>
  );
}
