import {
  train as descend,
  type HyperparameterName,
  optimizers,
  prepare,
  type TrainOptions,
  type TrainResult,
} from '../descend/index.ts';
import { GradusError, labelled, nearest, warningText } from '../language/diagnostics.ts';
import type { Span } from '../language/tree.ts';
import type { Model } from '../model/model.ts';
import { definitionValues } from '../numeric/definitions.ts';
import { assignments, showNumber, type Value } from '../numeric/value-text.ts';
import { optimizing, training as table } from '../options/tables.ts';
import { type Answer, type Call, type ReplCommand, said, told } from './answer.ts';
import { pruned } from './derivations.ts';
import { fitLines } from './fit-text.ts';
import { optionEntry } from './help/entries.ts';
import type { HelpEntry } from './help/search.ts';
import { typedError } from './misfit.ts';
import { sparkline } from './progress.ts';
import type { Voice } from './speech.ts';
import { emptyState, type ReplState, sessionModel, valuesFor, voiceOfState } from './state.ts';
import { asciiValue, DIGITS } from './values.ts';

/** Definitions with more entries than this are not shown with what was learned. */
const MOST_ENTRIES = 12;

/** What may stand behind `:train`, as the command line has it. */
const OPTIONS: readonly (keyof TrainOptions)[] = [
  'epochs',
  'lr',
  'optimizer',
  ...(Object.keys(optimizing) as HyperparameterName[]),
  'schedule',
  'clip',
  'weightDecay',
  'fix',
  'errors',
  'batch',
  'seed',
];

/** The options of `:train`, as they are asked for. */
export const trainEntries = (voice: Voice): readonly HelpEntry[] =>
  OPTIONS.map((name) => optionEntry(`:train ${name}=`, name, table[name], voice));

/** `500 lr=1`: the number of epochs, and options by name. */
function optionsOf({ line, rest, at }: Call): TrainOptions {
  const spaced = rest.replace(/\s*=\s*/g, (sign) => `=${' '.repeat(sign.length - 1)}`);
  const options = [...spaced.matchAll(/[^\s=]+(?:= *\S*)?/g)].map(({ 0: word, index }) => {
    const [key, value] = word.includes('=') ? word.split(/= */) : ['epochs', word];
    const known = OPTIONS.find((name) => name === key);
    const span = { start: at + index, end: at + index + word.length };
    if (known) return { [known]: valued(line, known, value!, span) };
    const near = nearest(key!, OPTIONS);
    throw typedError(
      line,
      new GradusError('usage', `:train has no option ${key}`, {
        span: { ...span, end: at + index + key!.length },
        hint: near ? `did you mean ${near}?` : `it has ${OPTIONS.join(', ')}: :train 500 lr=1`,
      }),
    );
  });
  return Object.assign({}, ...options);
}

/** An option's value, held against the table. */
function valued(line: string, name: keyof TrainOptions, text: string, span: Span): unknown {
  const { kind } = table[name];
  const value = kind.typed!.read(text);
  const wrong = kind.wrong(value);
  if (!wrong) return value;
  throw typedError(
    line,
    new GradusError('usage', `${name} is ${wrong.expected}, not ${text.trim() || 'nothing'}`, { span, hint: wrong.hint }),
  );
}

/** The session's model with all its parameters, but without data that have nothing to do with the objective. */
function trainable(state: ReplState): Model {
  const model = sessionModel(state);
  const params = [...model.inputs.values()].filter(({ role }) => role === 'param');
  return pruned(
    model,
    params.map(({ name }) => name),
  );
}

/** Trains from where the parameters are. An interrupt keeps what was learned. */
async function train(call: Call): Promise<Answer> {
  const { state, host } = call;
  const options = optionsOf(call);
  const whole = trainable(state);
  const model =
    options.batch === undefined ? whole : (await import('../parallel/index.ts')).warnedOfBatches(whole, options.batchAxis);
  const signal = host.interruptible?.();
  const progress = await host.progress?.();
  const run = prepare(model, valuesFor(state, model), {
    ...options,
    ...(signal && { signal }),
    onProgress: (p) => progress?.show(p),
  });
  const result = await run().finally(() => progress?.stop());
  const costs = continued(state.costs, result.history);
  const next = { ...state, learned: { ...state.learned, ...result.params }, costs, before: state };
  const lines = resultLines(next, whole, result);
  if (state.settings.ascii) return told(next, ...lines.map(asciiValue));
  return told(next, ...lines);
}

/** The costs of two runs, of which the second begins where the first has ended. */
function continued(before: Float64Array, history: Float64Array): Float64Array {
  const kept = Math.max(0, before.length - 1);
  const all = new Float64Array(kept + history.length);
  all.set(before.subarray(0, kept));
  all.set(history, kept);
  return all;
}

function resultLines(
  state: ReplState,
  model: Model,
  { params, cost, epochs, history, stopped, error, fit, optimizer, warnings }: TrainResult,
): string[] {
  const { name = 'cost' } = model.objective!;
  const total = state.costs.length - 1;
  const values = definitionValues(model, valuesFor(state, model), MOST_ENTRIES).filter(([other]) => other !== name);
  const rows: [string, Value][] = [...Object.entries(params), ...values];
  const show = (x: number) => showNumber(x, DIGITS);
  const curve = state.settings.ascii ? '' : sparkline(history);
  const { say, speech } = voiceOfState(state);
  const [unit, more] = [epochs === 1 ? 'epoch' : 'epochs', total > epochs ? ` more, ${total} in all` : ''];
  const lines = [
    say(stopped === 'converged' ? `Converged after ${epochs} ${unit}${more}` : `After ${epochs} ${unit}${more}`),
    ...assignments(rows, () => DIGITS, '  '),
    `  ${name} ${show(history[0]!)} → ${show(cost)}   ${curve}`.trimEnd(),
    ...(optimizer.reason ? [`  ${optimizer.name}: ${say(optimizer.reason)}`] : []),
  ];
  if (fit) lines.push(...fitLines(fit, say));
  for (const { message } of warnings.filter((w) => !model.warnings.includes(w)))
    lines.push(warningText({ message: say(message) }, '', undefined, speech));
  if (stopped === 'aborted') lines.push(say('Stopped. The parameters are kept; :train goes on from here.'));
  if (error) lines.push(`✗ ${say(error.message)}${error.hint ? `\n  ${labelled('hint', say(error.hint), speech)}` : ''}`);
  return lines;
}

/** The values that the parameters have now: what was learned, or where training would start. */
export async function parameterValues(state: ReplState): Promise<TrainResult['params']> {
  const model = trainable(state);
  return (await descend(model, valuesFor(state, model), { epochs: 0 })).params;
}

export const training: readonly ReplCommand[] = [
  {
    name: 'train',
    argument: 'EPOCHS [lr=0.1] [optimizer=gd] [batch=N] [seed=1]',
    help: 'gradient descent, going on from the last; Ctrl-C stops it',
    completion: () => [...OPTIONS.map((key) => `${key}=`), ...optimizers.map(({ name }) => `optimizer=${name}`)],
    run: train,
  },
  {
    name: 'reset',
    argument: '',
    help: 'the parameters back to where they started',
    run: ({ state }) =>
      said({ ...state, learned: {}, costs: emptyState.costs, before: state }, '  The parameters are as they started.'),
  },
];
