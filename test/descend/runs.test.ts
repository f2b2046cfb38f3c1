import { describe, expect, test } from 'vitest';
import { compile, type GradusError, type TrainOptions, train, trainer } from '../../src/index.ts';

const MODEL = `data X : [2, m], Y : [1, m]
param W1 : [3, 2] ~ xavier, b1 : [3] = 0
param W2 : [1, 3] ~ xavier, b2 = 0
A1 = tanh(W1*X + b1)
A2 = σ(W2*A1 + b2)
metric accuracy = mean((A2 > 0.5) == (Y > 0.5))
minimize Cost = mean((A2 - Y).^2)`;

const M = 40;
const points = Array.from({ length: M }, (_, k) => [Math.sin(3 * k), Math.cos(5 * k)] as const);
const DATA = {
  X: [points.map(([x]) => x), points.map(([, y]) => y)],
  Y: [points.map(([x, y]) => (x * y > 0 ? 1 : 0))],
};

const refusal = (options: TrainOptions, source = MODEL): Promise<GradusError> =>
  train(source, DATA, options).then(
    () => expect.unreachable(),
    (error: GradusError) => error,
  );

const plain = (params: object): unknown => JSON.parse(JSON.stringify(params));

describe('a run that was stopped ends where it would have ended', () => {
  const KINDS: readonly [string, TrainOptions][] = [
    ['all examples', { epochs: 60, optimizer: 'momentum' }],
    ['batches', { epochs: 12, optimizer: 'adam', batch: 7 }],
    ['batches in new orders', { epochs: 12, optimizer: 'adamw', batch: 7, shuffle: true }],
    ['a schedule and a validation', { epochs: 30, batch: 8, shuffle: true, schedule: 'cosine', validation: 0.2, patience: 25 }],
    ['a solver', { epochs: 25, optimizer: 'lbfgs' }],
    ['single precision', { epochs: 30, optimizer: 'rmsprop', precision: 'f32' }],
    ['Levenberg–Marquardt', { epochs: 10, optimizer: 'lm' }],
  ];

  test.each(KINDS)('%s', async (_, options) => {
    const states: string[] = [];
    const whole = await train(MODEL, DATA, { ...options, checkpoint: (state) => states.push(state), checkpointEvery: '3' });
    expect(states.length).toBeGreaterThan(2);
    for (const resume of [states[0]!, states[Math.floor(states.length / 2)]!, states.at(-1)!]) {
      const again = await train(MODEL, DATA, { ...options, resume });
      expect(plain(again.params)).toEqual(plain(whole.params));
      expect(again.history).toEqual(whole.history);
      expect(again.validation).toEqual(whole.validation);
      expect([again.stopped, again.epochs, again.cost]).toEqual([whole.stopped, whole.epochs, whole.cost]);
    }
  });

  test('also where it is stopped again and again', async () => {
    const options: TrainOptions = { epochs: 6, batch: 7, shuffle: true, optimizer: 'adam', checkpointEvery: '1' };
    const whole = await train(MODEL, DATA, options);
    let resume: string | undefined;
    let stops = 0;
    for (let k = 0; k < 200; k++) {
      const stop = new AbortController();
      let state: string | undefined;
      const run = await train(MODEL, DATA, {
        ...options,
        ...(resume !== undefined && { resume }),
        signal: stop.signal,
        checkpoint: (kept) => {
          state = kept;
          stop.abort();
        },
      });
      if (run.stopped === 'epochs') {
        expect(plain(run.params)).toEqual(plain(whole.params));
        break;
      }
      stops++;
      resume = state;
    }
    // Six batches in each of six epochs.
    expect(stops).toBeGreaterThan(30);
  });

  test('it may be given more epochs, unless its rates follow from how many there are', async () => {
    const schedules: readonly TrainOptions[] = [
      {},
      { warmup: 4 },
      { schedule: 'step', every: 4 },
      { schedule: 'exponential', warmup: 2 },
      { schedule: (epoch, lr) => lr / (1 + epoch) },
    ];
    const kept = async (options: TrainOptions) => {
      let resume = '';
      const checkpoint = (state: string) => {
        resume = state;
      };
      await train(MODEL, DATA, { ...options, batch: 7, epochs: 9, checkpoint });
      return resume;
    };
    for (const options of schedules) {
      const more = { ...options, batch: 7, epochs: 20 };
      const again = await train(MODEL, DATA, { ...more, resume: await kept(options) });
      expect(again.history).toEqual((await train(MODEL, DATA, more)).history);
    }
    const error = await refusal({ schedule: 'cosine', batch: 7, epochs: 20, resume: await kept({ schedule: 'cosine' }) });
    expect(error.message).toContain('a run with epochs 9, not 20');
    const other = await refusal({ schedule: 'step', batch: 7, epochs: 20, resume: await kept({}) });
    expect(other.message).toContain('a run with schedule none, not step');
  });

  test('comments and layout of its model may change', async () => {
    const options = { epochs: 6, optimizer: 'adam' };
    let resume = '';
    const checkpoint = (state: string) => {
      resume = state;
    };
    await train(MODEL, DATA, { ...options, checkpoint, epochs: 3 });
    const laid = `# a comment\n${MODEL.replace('\nA1 =', ';  A1 = # another\n  ').replace(' + b1', '+b1')}\n`;
    const again = await train(laid, DATA, { ...options, resume });
    expect(again.history).toEqual((await train(MODEL, DATA, options)).history);
    for (const [from, to] of [
      ['b1 : [3] = 0', 'b1 : [3] = 1'],
      ['mean((A2 - Y).^2)', 'mean((A2 - Y).^4)'],
      ['> 0.5) ==', '> 0.25) =='],
    ] as const)
      expect((await refusal({ ...options, resume }, MODEL.replace(from, to))).message).toContain('another model');
  });

  test('what is damaged or belongs to another run is refused by name', async () => {
    const states: string[] = [];
    await train(MODEL, DATA, { epochs: 4, checkpoint: (state) => states.push(state), checkpointEvery: '2' });
    const [state] = states as [string];
    const at = state.indexOf('"history"') + 14;
    const wrong: readonly [string, TrainOptions, string, string?][] = [
      [state.slice(0, -40), {}, 'is damaged'],
      [state.slice(0, at) + (state[at] === 'A' ? 'B' : 'A') + state.slice(at + 1), {}, 'is damaged'],
      ['{"a": 1}', {}, 'is no checkpoint'],
      [state, { lr: 0.5 }, 'a run with lr 0.1, not 0.5'],
      [state, { optimizer: 'adam' }, 'a run with optimizer gd, not adam'],
      [state, { seed: 2 }, 'a run with seed 1, not 2'],
      [state, {}, 'another model', MODEL.replace('tanh', 'sin')],
    ];
    for (const [resume, options, message, source] of wrong) {
      const error = await refusal({ epochs: 4, resume, ...options }, source);
      expect(error.code).toBe('data');
      expect(error.message).toContain(message);
    }
    const other = { ...DATA, Y: [DATA.Y[0]!.map((v) => 1 - v)] };
    await expect(train(MODEL, other, { epochs: 4, resume: state })).rejects.toThrow('other data');
  });
});

describe('examples put aside', () => {
  test('are watched, and those for the end looked at once', async () => {
    const {
      validation,
      test: tested,
      metrics,
      epochs,
    } = await train(MODEL, DATA, { epochs: 20, validation: 0.25, test: 0.25, lr: 1 });
    expect(validation).toHaveLength(epochs);
    expect(metrics!.accuracy).toBeGreaterThanOrEqual(0);
    expect(Object.keys(tested!.metrics)).toEqual(['accuracy']);
  });

  test('stop a run that gets no better, which goes back to its best', async () => {
    const options = { epochs: 4000, optimizer: 'adam', lr: 0.05, validation: 0.3, patience: 40 };
    const { stopped, best, validation, epochs } = await train(MODEL, DATA, options);
    expect(stopped).toBe('early');
    expect(epochs - best!).toBe(40);
    const least = Math.min(...validation!);
    expect(validation![best! - 1]).toBe(least);
  });

  test.each([
    [{ validation: 0.001 }, '0.001 of 40 examples is none'],
    [{ validation: 0.6, test: 0.4 }, 'of 40 examples none is left to learn from'],
    [{ patience: 3 }, 'patience needs a validation cost'],
  ])('%o', async (options, message) => {
    expect(await refusal(options)).toMatchObject({ code: 'usage', message });
  });
});

test('a run that never gets better on them is told to be at its start', async () => {
  const source = 'data x : [n], y : [n]; param w = 2; minimize mean((w*x - y).^2)';
  const whole = { x: [1, 1, 1, 1, 1, 1], y: [0, 0, 0, 0, 0, 0] };
  const { best, params, stopped, warnings, validation } = await train(source, whole, {
    epochs: 50,
    lr: 2,
    validation: 0.5,
    patience: 4,
  });
  expect([stopped, best, params.w, validation!.length]).toEqual(['early', 0, 2, 4]);
  expect(warnings.map(({ message }) => message)).toEqual([
    'the validation cost was never better than at the start: the parameters are those of the start',
  ]);
});

test.each([
  ['all examples', {}],
  ['all examples, each epoch looked at', { onEpoch: () => {} }],
  ['batches', { batch: 100 }],
] as const)('the state is kept as often as is asked: %s', async (_, options) => {
  const states: string[] = [];
  await train(MODEL, DATA, { ...options, epochs: 12, checkpoint: (state) => states.push(state), checkpointEvery: '5' });
  expect(states.map((state) => (JSON.parse(state) as { epoch: number }).epoch)).toEqual([5, 10, 12]);
});

describe('what is told of epochs', () => {
  test('each is told with its costs and metrics', async () => {
    const told: unknown[] = [];
    const options = { epochs: 3, validation: 0.25, onEpoch: (p: object) => void told.push(Object.keys(p)) };
    await train(MODEL, DATA, options);
    expect(told).toEqual(Array(3).fill(['epoch', 'epochs', 'cost', 'validation', 'metrics']));
  });

  test.each<[string, TrainOptions, typeof DATA | (typeof DATA)[]]>([
    ['batches', { batch: 2 }, DATA],
    ['batches that come', {}, Array<typeof DATA>(50).fill(DATA)],
  ])('a signal between two steps ends a run there: %s', async (_, options, data) => {
    const stop = new AbortController();
    const steps: number[] = [];
    const onStep = (step: number) => {
      steps.push(step);
      if (step === 13) stop.abort();
    };
    const { stopped } = await train(MODEL, data, { ...options, epochs: 40, onStep, signal: stop.signal });
    expect([stopped, steps.at(-1)]).toEqual(['aborted', 13]);
  });

  test('steps are told by their numbers', async () => {
    const steps: number[] = [];
    await train(MODEL, DATA, { epochs: 2, batch: 16, onStep: (step) => steps.push(step) });
    expect(steps).toEqual([1, 2, 3, 4, 5, 6]);
    // Of all examples, or of a solver, an epoch is one step.
    for (const options of [{}, { optimizer: 'newton-cg' }]) {
      const whole: number[] = [];
      const { epochs } = await train(MODEL, DATA, { ...options, epochs: 4, onStep: (step) => whole.push(step) });
      expect(whole).toEqual(Array.from({ length: epochs }, (_, k) => k + 1));
    }
  });

  test('a loop takes them one by one, and ends the run when it is left', async () => {
    const run = trainer(MODEL, DATA, { epochs: 1000, lr: 0.5 });
    const seen: number[] = [];
    for await (const { epoch } of run) {
      seen.push(epoch);
      if (epoch === 5) break;
    }
    const { epochs, stopped, params } = await run.result;
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    expect([epochs, stopped]).toEqual([5, 'aborted']);
    expect(plain(params)).toEqual(plain((await train(MODEL, DATA, { epochs: 5, lr: 0.5 })).params));
  });

  test('a loop that is not left comes to the end, and its result needs no loop', async () => {
    const run = trainer(MODEL, DATA, { epochs: 7 });
    let count = 0;
    for await (const _ of run) count++;
    expect(count).toBe(7);
    expect((await run.result).stopped).toBe('epochs');
    expect((await trainer(MODEL, DATA, { epochs: 7 }).result).epochs).toBe(7);
    await expect(trainer(MODEL, {}, {}).result).rejects.toThrow('has no value');
  });
});

describe('rates', () => {
  test.each([
    [{ gamma: 0.5 }, 'the schedule constant has no gamma', 'that of step, exponential has it'],
    [{ gamma: 0.5, schedule: 'cosine' }, 'the schedule cosine has no gamma', 'that of step, exponential has it'],
    [{ every: 5, schedule: 'exponential' }, 'the schedule exponential has no every', 'that of step has it'],
    [{ every: 5, schedule: () => 1 }, 'the schedule function has no every', 'that of step has it'],
  ] as const)('%j is an option of another schedule', async (options, message, hint) => {
    await expect(train('param w = 1; minimize w^2', {}, options)).rejects.toMatchObject({ code: 'usage', message, hint });
  });

  test('a function of the epoch is a schedule', async () => {
    const half = await train('param w = 1; minimize w^2', {}, { epochs: 3, schedule: (epoch, lr) => lr / (epoch + 1) });
    expect(half.params.w).toBeCloseTo(0.8 * (1 - 0.1) * (1 - 0.2 / 3), 14);
  });

  test('a warm-up rises to the rate', async () => {
    const { params } = await train('param w = 1; minimize w^2', {}, { epochs: 3, warmup: 1 });
    expect(params.w).toBeCloseTo(0.9 * 0.8 * 0.8, 14);
  });

  test('parameters that are fixed stay', async () => {
    const { params } = await train('param a = 1, b = 2; minimize (a*b - 6)^2', {}, { fix: 'b', lr: 0.05, epochs: 500 });
    expect(params.b).toBe(2);
    expect(params.a).toBeCloseTo(3, 8);
    expect(await refusal({ fix: 'W3' })).toMatchObject({ code: 'name', message: 'W3 is no parameter that could stay fixed' });
  });
});

describe('what was learned predicts', () => {
  test('the last quantity that targets have no part in, or one that is named', async () => {
    const { predict, params } = await train(MODEL, DATA, { epochs: 5 });
    const X = [
      [0.5, -0.5, 1],
      [0.5, 0.5, 0],
    ];
    const found = predict({ X });
    const A2 = compile(MODEL, { outputs: 'A2' })({ X, ...params }).A2;
    expect(plain({ found })).toEqual(plain({ found: A2 }));
    expect((predict({ X }, 'A1') as { shape: readonly number[] }).shape).toEqual([3, 3]);
    expect(() => predict({ X }, 'A3')).toThrow('the source has no quantity A3');
  });

  test('quantities compile alone, without what they do not depend on', () => {
    const f = compile('data x : [n]; data y : [n]; param a; p = a*x; minimize sum((p - y).^2)', { outputs: ['p'] });
    expect((f({ x: [1, 2], a: 3 }).p as { data: ArrayLike<number> }).data).toEqual(Float64Array.of(3, 6));
  });
});

test('a run that is too long to be kept is refused, and a long history is read again', async () => {
  const model = 'param w = 1; minimize (w - 3)^2';
  await expect(train(model, {}, { epochs: 1e8, checkpoint: () => {} })).rejects.toMatchObject({
    code: 'limit',
    message: 'a checkpoint of 100,000,000 epochs would be longer than a text can be',
    hint: 'ask for at most 44,999,998 of them',
  });
  const options = { epochs: 1_500_000, lr: 1e-9 };
  let resume = '';
  const checkpoint = (state: string) => {
    resume = state;
  };
  const whole = await train(model, {}, { ...options, checkpoint });
  const again = await train(model, {}, { ...options, resume });
  expect(again.history.length).toBe(whole.history.length);
  expect(again.history.every((cost, k) => Object.is(cost, whole.history[k]))).toBe(true);
});

test('a run cannot end before the place that it is resumed from', async () => {
  let resume = '';
  const checkpoint = (state: string) => {
    resume = state;
  };
  await train(MODEL, DATA, { epochs: 6, checkpoint });
  const error = await refusal({ epochs: 4, resume });
  expect(error).toMatchObject({ code: 'data', hint: 'epochs count from the beginning of the run: ask for more of them' });
  expect(error.message).toBe('the state to resume from has 6 epochs behind it, and 4 are asked for');
  expect((await train(MODEL, DATA, { epochs: 6, resume })).epochs).toBe(6);
});

test.each([Number.NaN, -1, Number.POSITIVE_INFINITY, undefined, '0.1'])(
  'a schedule that gives %s is told by its epoch',
  async (rate) => {
    const error = await refusal({ epochs: 4, schedule: (epoch) => (epoch < 2 ? 0.1 : (rate as number)) });
    expect(error).toMatchObject({ code: 'argument', message: expect.stringContaining('for epoch 2, which is no learning rate') });
  },
);

test('what keeps a run is waited for, and its failure is that of the run', async () => {
  const model = 'param w = 1\nminimize (w - 3)^2';
  let open = 0;
  const slow = async (): Promise<void> => {
    expect(++open).toBe(1);
    await new Promise((done) => setTimeout(done, 5));
    open--;
  };
  await train(model, {}, { epochs: 10, checkpoint: slow, checkpointEvery: 2 });
  const failing = async (): Promise<void> => {
    throw new Error('no space is left');
  };
  await expect(train(model, {}, { epochs: 10, checkpoint: failing, checkpointEvery: '2' })).rejects.toThrow('no space is left');
  await expect(train(model, {}, { checkpointEvery: 0 })).rejects.toThrow('a number of steps');
});
