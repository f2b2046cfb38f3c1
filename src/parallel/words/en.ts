import type { ParallelWords } from './words.ts';

/** What some operators are called in a sentence. */
const FUNCTIONS: Readonly<Record<string, string>> = { pow: 'a power', where: 'a choice', sqrt: 'the square root' };

const called = (name = 'a function'): string => FUNCTIONS[name] ?? name;

const all = (m: string, { examples }: { readonly examples: boolean }): string =>
  examples ? 'the examples' : `the places along ${m}`;
const what = (examples: boolean, m: string): string => (examples ? `examples (${m})` : `axis ${m}`);

export const english: ParallelWords = {
  title: (objective, m, { way, examples }) => `${objective}, its ${what(examples, m)} split over devices: ${NAMES[way]}`,
  ways: {
    average: (objective, m) =>
      `Each device derives ${objective} by the same formulas from its own share. The mean of what they find, each weighted by its part ${m}ₖ/${m} of ${m}, is the gradient of all, and so with ${objective} itself. Shares may be uneven; an unweighted mean is right only if they are even.`,
    add: (objective) =>
      `Each device derives ${objective} by the same formulas from its own share. The sum of what they find is the gradient of all, and so with ${objective} itself. Shares may be uneven.`,
    same: (objective, m, { given, counted }) =>
      given.length > 0 || counted
        ? `With what is needed of all, each device finds the whole gradient of ${objective}, and nothing is sent.`
        : `${objective} does not depend on what lies along ${m}: each device finds the whole gradient, and nothing is sent.`,
    forbidden: (_objective, m) =>
      `Neither the mean nor the sum of what devices find from their own shares of ${m} is the gradient of all.`,
  },
  split: (names, m, averaged) =>
    `${names.join(', ')} ${names.length === 1 ? 'has' : 'have'} an axis ${m}: each device keeps its part, and the gradient of it${averaged ? `, times ${m}ₖ/${m},` : ''} is not sent.`,
  once: (formula, place) =>
    `Counted once: ${formula}, ${place}. It is added to the result, and its gradient, when that is found.`,
  derived: (formula) => `Without it each device derives ${formula}.`,
  given: (formula, place) =>
    `Needed of all: ${formula}, ${place}. It is made of data alone: found once, and given to every device.`,
  counted: (m) => `Needed of all: ${m}. In formulas it is the number of all, not of a device's share.`,
  place: ({ name, line }) => `in ${name}${line === undefined ? '' : ` (line ${line})`}`,
  part: 'a part',
  reasons: {
    adds: ({ name }, m, v) => `${name} adds a sum over ${all(m, v)} to what belongs to one of them.`,
    multiplies: ({ name }, m, v) => `${name} multiplies what belongs to one of ${all(m, v)} by a sum over them.`,
    joins: ({ name, function: f }, m, v) =>
      `${name} joins a sum over ${all(m, v)} with what belongs to one of them, in ${called(f)}.`,
    nonlinear: ({ name, function: f }, m, v) => `${name} takes ${called(f)} of a sum over ${all(m, v)}.`,
    squares: ({ name }, m, v) => `${name} multiplies two sums over ${all(m, v)}.`,
    pairs: ({ name }, m, v) => `${name} has pairs of ${all(m, v)}: two indices run over ${m}.`,
    whole: ({ name, function: f }, m, v) => `${name} takes ${called(f)} over ${all(m, v)}.`,
    recurrence: ({ name }, m, v) => `${name} runs over ${all(m, v)}: each needs the one before.`,
    carried: ({ name }, m, v) => `${name} carries a sum over ${all(m, v)} from step to step.`,
    fact: ({ name, fact }, m, v) =>
      `${name} is declared ${fact}: it sums to 1 over all of ${all(m, v)}, not over a share. Declare it without the fact.`,
    places: ({ name }, m, v) => `${name} picks some of ${all(m, v)} by their places.`,
    shared: ({ name, length }, m, v) =>
      `${name} has an axis of length ${length}, on which ${all(m, v)} and others lie, or some of them.`,
  },
  sent: (bytes) => `Sent in each step, in numbers of ${bytes} bytes`,
  gradients: 'gradients put together, all-reduce',
  compiled: 'global arrays that a compiler splits (XLA), exact whatever the verdict is',
  untold: (names) => `what it sends for ${names.join(', ')} depends on the compiler: these are guesses`,
  held: 'Held by each device',
  parameters: 'parameters, and gradients as much',
  optimizer: 'optimizer',
  carries: (arrays) => ['nothing', 'as much as the parameters', 'twice as much'][arrays] ?? `${arrays} times as much`,
  data: 'data',
  values: 'values on the way, if all are kept',
  numbers: (count) => `${count} ${count === '1' ? 'number' : 'numbers'}`,
  bytes: (fixed, each, m) =>
    each === undefined ? `${fixed} bytes` : `${fixed === '0' ? '' : `${fixed} bytes and `}${each} bytes for each of its ${m}`,
  nothing: 'nothing',
  more: (count) => `and ${count} more`,
  comma: ', ',
  colon: ': ',
};

const NAMES = { average: 'averaged', add: 'added', same: 'nothing to send', forbidden: 'forbidden' } as const;
