import type { JSX, TargetedEvent } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { MOST_EPOCHS } from '../../../../src/descend/options.ts';
import type { Trouble } from '../../engine/protocol.ts';
import type { MethodOption, RunOption } from '../../engine/training.ts';
import {
  AUTO,
  batchSize,
  begun,
  changes,
  choose,
  epochs,
  failure,
  method,
  methods,
  more,
  optimizer,
  rateNow,
  refuse,
  runOptions,
  seed,
  setMore,
  setRate,
} from '../../training/run.ts';
import { trainingWords } from '../../words/training.ts';
import { told } from './told.ts';

/** The slider's ends, as powers of ten. */
const [LEAST, MOST, STEP] = [-5, 2, 0.05];

/** How a run is asked for. */
export function PlanForm(): JSX.Element {
  const w = trainingWords.value;
  return (
    <form class="plan" onSubmit={(event) => event.preventDefault()}>
      <label class="field">
        <span>{w.optimizer}</span>
        <select
          value={optimizer.value}
          title={method.value?.help ?? w.autoHelp}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
        >
          {methods.value.map(({ name, help }) => (
            <option key={name} value={name} title={help}>
              {name}
            </option>
          ))}
          <option value={AUTO} title={w.autoHelp}>
            {w.auto}
          </option>
        </select>
      </label>
      <NumberField
        label={w.epochs}
        value={epochs.value}
        least={1}
        most={MOST_EPOCHS}
        whole
        set={(value) => {
          epochs.value = value;
        }}
      />
    </form>
  );
}

/** The optimizer's own options, and what else a run may be given. */
export function MoreOptions(): JSX.Element {
  const w = trainingWords.value;
  const fields = useRef<HTMLDetailsElement>(null);
  const wrong = failure.value?.option;
  // What is wrong with a field is seen.
  useEffect(() => {
    if (wrong !== undefined) fields.current!.open = true;
  }, [wrong]);
  return (
    <details class="more" ref={fields}>
      <summary>{w.settings}</summary>
      <div class="fields">
        <p class="hint wide">{method.value?.help ?? w.autoHelp}</p>
        {method.value?.options.map((option) => (
          <Option key={option.name} option={option} />
        ))}
        <NumberField
          label={w.seed}
          value={seed.value}
          least={0}
          whole
          set={(value) => {
            seed.value = value;
          }}
        />
        {!method.value?.isSolver && (
          <NumberField
            label={w.batch}
            value={batchSize.value}
            placeholder={w.all}
            least={1}
            whole
            set={(value) => {
              batchSize.value = value;
            }}
            clear={() => {
              batchSize.value = undefined;
            }}
          />
        )}
        {runOptions.value.map((option) => (
          <RunField key={option.name} option={option} />
        ))}
      </div>
    </details>
  );
}

/** On a logarithmic scale, with the rate that the engine suggests, or that is usual, marked. */
export function Rate(): JSX.Element | null {
  const w = trainingWords.value;
  const usual = method.value?.rate;
  if (usual === undefined) return null;
  const now = rateNow.value;
  const suggestion = begun.value?.suggestion;
  const marked = suggestion ?? usual;
  const place = Math.max(LEAST, Math.min(MOST, Math.log10(now)));
  const share = (Math.log10(marked) - LEAST) / (MOST - LEAST);
  const say = suggestion === undefined ? w.usual : w.suggested;
  return (
    <div class="field rate">
      <label for="rate">{w.rate}</label>
      <div class="slide">
        <input
          id="rate"
          type="range"
          min={LEAST}
          max={MOST}
          step={STEP}
          value={place}
          aria-valuetext={told(now)}
          onInput={({ currentTarget }) => setRate(Number((10 ** Number(currentTarget.value)).toPrecision(2)))}
        />
        <span class="tick" aria-hidden="true" style={{ left: `calc(8px + ${share} * (100% - 16px))` }} />
      </div>
      <output for="rate">{told(now)}</output>
      <button type="button" class="quiet" disabled={now === marked} onClick={() => setRate(undefined)}>
        {say(told(marked))}
      </button>
    </div>
  );
}

function Option({ option }: { readonly option: MethodOption }): JSX.Element {
  const { name, words, whole, below } = option;
  const own = changes.value[optimizer.value] ?? {};
  return (
    <NumberField
      label={name}
      title={words}
      value={own[name] ?? option.default}
      least={whole ? 1 : 0}
      {...(whole && { whole })}
      {...(below !== undefined && { below })}
      set={(value) => {
        changes.value = { ...changes.peek(), [optimizer.peek()]: { ...own, [name]: value } };
      }}
    />
  );
}

/** What is no value of it the engine tells where the run begins. */
function RunField({ option: { name, words, form, choices = [], usual } }: { readonly option: RunOption }): JSX.Element {
  const label = trainingWords.value.options[name] ?? name;
  const now = more.value[name];
  const written = typeof now === 'string' ? now : '';
  const set = (value: string): void => setMore(name, value === '' || value === usual ? undefined : value);
  const id = `option-${name}`;
  const wrong = failure.value?.option === name ? failure.value : undefined;
  const typed = {
    id,
    placeholder: usual,
    'aria-description': words,
    'aria-invalid': wrong !== undefined || undefined,
    value: written,
    onChange: ({ currentTarget }: TargetedEvent<HTMLInputElement>) => set(currentTarget.value.trim()),
  };
  return (
    <>
      <label class="field" title={words} for={id}>
        {form === 'flag' && (
          <input
            id={id}
            type="checkbox"
            aria-description={words}
            checked={now === true}
            onChange={({ currentTarget }) => setMore(name, currentTarget.checked || undefined)}
          />
        )}
        <span>{label}</span>
        {form === 'choice' && (
          <select
            id={id}
            value={written || usual}
            aria-description={words}
            onChange={({ currentTarget }) => set(currentTarget.value)}
          >
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {choice}
              </option>
            ))}
          </select>
        )}
        {form === 'number' && <input type="number" step="any" {...typed} />}
        {form === 'text' && <input type="text" spellcheck={false} {...typed} />}
      </label>
      {wrong && <Refused name={name} label={label} wrong={wrong} />}
    </>
  );
}

/** What is wrong with an option, in the words of its field. */
function Refused({
  name,
  label,
  wrong,
}: {
  readonly name: string;
  readonly label: string;
  readonly wrong: Trouble;
}): JSX.Element {
  const hint = wrong.hint && (trainingWords.value.optionHints[name] ?? wrong.hint);
  return (
    <p class="refused" role="alert">
      {wrong.message.replace(new RegExp(`(?<!\\p{L})${name}(?!\\p{L})`, 'u'), `“${label}”`)}
      {hint && <span class="hint">: {hint}</span>}
    </p>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly title?: string;
  readonly value: number | undefined;
  readonly placeholder?: string;
  readonly least: number;
  readonly most?: number;
  readonly below?: number;
  readonly whole?: boolean;
  readonly set: (value: number) => void;
  /** Where nothing may be written. */
  readonly clear?: () => void;
}

/** What is no number that may stand there stays, for who mends it, and is told; until then there is no run. */
export function NumberField({
  label,
  title,
  value,
  placeholder,
  least,
  most,
  below,
  whole,
  set,
  clear,
}: NumberFieldProps): JSX.Element {
  const id = useId();
  const fits = (found: number): boolean =>
    found >= least &&
    found <= (most ?? Number.POSITIVE_INFINITY) &&
    found < (below ?? Number.POSITIVE_INFINITY) &&
    (!whole || Number.isInteger(found));
  // What is no number at all has no text that one could ask for.
  const [wrong, setWrong] = useState<string | undefined>(undefined);
  const refused = (text: string | undefined): void => {
    setWrong(text);
    refuse(id, text === undefined ? undefined : label);
  };
  useEffect(() => refused(undefined), [value]);
  useEffect(() => () => refuse(id, undefined), []);
  const range = { least, most, below, whole };
  return (
    <>
      <label class="field" title={title}>
        <span>{label}</span>
        <input
          type="number"
          min={least}
          max={most}
          step={whole ? 1 : 'any'}
          value={wrong ?? value ?? ''}
          placeholder={placeholder}
          aria-description={title}
          aria-invalid={wrong !== undefined || undefined}
          onChange={({ currentTarget }) => {
            const { value: text, valueAsNumber: found } = currentTarget;
            if (text === '' && clear && !currentTarget.validity.badInput) clear();
            else if (fits(found)) set(found);
            else {
              refused(text);
              return;
            }
            refused(undefined);
          }}
        />
      </label>
      {wrong !== undefined && (
        <p class="refused" role="alert">
          {trainingWords.value.refused(wrong === '' ? '' : told(Number(wrong)), range)}
        </p>
      )}
    </>
  );
}
