import { describe, expect, test } from 'vitest';
import {
  check,
  collect,
  compile,
  curve,
  derive,
  expand,
  exportTo,
  GradusError,
  hessian,
  hvp,
  jacobian,
  jvp,
  lemma,
  parse,
  simplify,
  toLatex,
  train,
  trainer,
  vjp,
} from '../../src/index.ts';
import { type Signature, signatures } from '../../src/options/signatures.ts';

/** Whatever may come where something else is expected. */
const VALUES: Readonly<Record<string, unknown>> = {
  null: null,
  '0': 0,
  '1': 1,
  '42': 42,
  '-1': -1,
  '1.5': 1.5,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '1n': 1n,
  true: true,
  '""': '',
  '"x"': 'x',
  '"a b"': 'a b',
  '[]': [],
  '[3]': [3],
  '["x"]': ['x'],
  '[null]': [null],
  '{}': {},
  '{ x: null }': { x: null },
  '{ x: 5 }': { x: 5 },
  '{ x: [2] }': { x: [2] },
  '{ x: "1" }': { x: '1' },
  'a Map': new Map([['x', 2]]),
  'a function': () => 1,
  'a symbol': Symbol('x'),
  'a date': new Date(0),
  'typed numbers': new Float64Array(2),
  'a promise': Promise.resolve(),
};

/** Which of them are right, argument by argument: written by hand, not asked of the tables. */
const RIGHT: Readonly<Record<string, readonly string[]>> = {
  // A text is a source, if one that cannot be read.
  source: ['"x"', '""', '"a b"'],
  wrt: ['"x"', '["x"]'],
  name: ['"x"'],
  other: ['"x"'],
  direction: ['"x"'],
  batchAxis: ['"x"'],
  inputs: ['{}', '{ x: null }', '{ x: 5 }', '{ x: [2] }', '{ x: "1" }', 'a Map'],
  data: ['{}', '{ x: null }', '{ x: 5 }', '{ x: [2] }', '{ x: "1" }', 'a Map'],
  numbers: ['{}', '{ x: null }', '{ x: 5 }', '{ x: [2] }', '{ x: "1" }', 'a Map'],
  shapes: ['{}', '{ x: [2] }'],
  claim: ['{ x: "1" }'],
  order: ['1'],
  level: ['1'],
  points: ['1', '42'],
  maxEntries: ['1', '42'],
  batch: ['1', '42'],
  threads: ['1', '42'],
  epochs: ['0', '1', '42'],
  seed: ['0', '1', '42', '-1'],
  lr: ['1', '42', '1.5'],
  momentum: ['0'],
  beta1: ['0'],
  beta2: ['0'],
  epsilon: ['0', '1', '42', '1.5'],
  rho: ['0'],
  scale: ['true'],
  memory: ['1', '42'],
  tolerance: ['0'],
  schedule: ['a function'],
  warmup: ['0', '1', '42'],
  gamma: ['1', '42', '1.5'],
  every: ['1', '42'],
  clip: ['1', '42', '1.5'],
  weightDecay: ['0', '1', '42', '1.5'],
  fix: ['"x"', '["x"]', '[]'],
  validation: ['0'],
  test: ['0'],
  patience: ['1', '42'],
  errors: [],
  classes: ['{}'],
  checkpoint: ['a function'],
  checkpointEvery: ['1', '42'],
  resume: ['"x"', '""', '"a b"'],
  onEpoch: ['a function'],
  onStep: ['a function'],
  variable: ['"x"'],
  params: ['"x"', '["x"]'],
  outputs: ['"x"', '["x"]'],
  quantity: ['"x"'],
  dimension: ['"x"'],
  steps: ['true'],
  defaults: ['true'],
  fma: ['true'],
  expand: ['true'],
  shuffle: ['true'],
  ascii: ['true'],
  conventions: ['true'],
  onProgress: ['a function'],
  precision: [],
  backend: [],
  method: [],
  optimizer: [],
  detail: [],
  notation: [],
  spelling: [],
  words: [],
  dialect: [],
  lang: [],
  style: [],
  signal: [],
};

type Call = (...args: never[]) => unknown;
const derivation = derive('x^2', 'x');
const compiled = derivation.compile();
const { partial } = derivation;
const trained = await train('param w = 1; data x; y = w*x; minimize y^2', { x: 1 }, { epochs: 1 });
const split = await derive('data x : [m]; param w; minimize sum((w*x).^2)').parallel('m');
const bound = <T extends object>(object: T, method: keyof T): Call => (object[method] as Call).bind(object);

/** Every signature as it is called, and arguments that are right. */
const CALLS: Readonly<Record<keyof typeof signatures, readonly [call: Call, ...args: unknown[]]>> = {
  parse: [parse, 'x^2'],
  derive: [derive, 'x^2', 'x'],
  jacobian: [jacobian, 'x^2', 'x'],
  hessian: [hessian, 'x^2', 'x'],
  hvp: [hvp, 'x^2', 'x'],
  jvp: [jvp, 'x^2', 'x'],
  vjp: [vjp, 'x^2', 'x'],
  compile: [compile, 'x^2'],
  curve: [curve, 'a*x', 'x', 'a'],
  simplify: [simplify, 'x^2'],
  expand: [expand, 'x^2'],
  collect: [collect, 'x^2', 'x'],
  toLatex: [toLatex, 'x^2'],
  lemma: [lemma, 'tan'],
  check: [check, 'x^2'],
  train: [train, 'param x = 1, y = 1; minimize x^2 + y^2', {}],
  trainer: [
    (...given) => (trainer as unknown as (...all: unknown[]) => { result: unknown })(...given).result,
    'param x = 1, y = 1; minimize x^2 + y^2',
    {},
  ],
  exportTo: [exportTo, 'param x = 1; minimize x^2', 'numpy'],
  predict: [bound(trained, 'predict'), { x: 1 }, 'y'],
  call: [compile('x^2') as Call, { x: 1 }],
  value: [bound(compiled, 'value'), { x: 1 }],
  gradient: [bound(compiled, 'gradient'), { x: 1 }],
  valueAndGradient: [bound(compiled, 'valueAndGradient'), { x: 1 }],
  bind: [bound(compiled, 'bind'), { x: 1 }],
  plan: [bound(compiled, 'plan'), { x: 1 }],
  planText: [bound(compiled.plan({ x: 1 }), 'text')],
  document: [bound(derivation, 'document')],
  toText: [bound(derivation, 'toText')],
  latexOfDerivation: [bound(derivation, 'toLatex')],
  toMarkdown: [bound(derivation, 'toMarkdown')],
  toHtml: [bound(derivation, 'toHtml')],
  // A text is the key that JSON.stringify hands over; within a list it is wrong as everywhere.
  toJSON: [(options: unknown) => derivation.toJSON((typeof options === 'string' ? [options] : options) as object)],
  stepsIn: [bound(derivation, 'stepsIn')],
  notes: [bound(derivation, 'notes')],
  domain: [bound(derivation, 'domain'), undefined, 'ascii'],
  verifySteps: [bound(derivation, 'verifySteps'), 1],
  checkDerivation: [bound(derivation, 'check')],
  compileDerivation: [bound(derivation, 'compile')],
  hessianOf: [bound(derivation, 'hessian'), 'x', 'x'],
  parallel: [bound(derivation, 'parallel'), 'x'],
  parallelText: [bound(split, 'toText')],
  values: [bound(derivation, 'values'), { x: 1 }],
  valuesText: [bound(derivation, 'valuesText'), { x: 1 }],
  toString: [bound(partial, 'toString'), 'matrix'],
  toUnicode: [bound(partial, 'toUnicode'), 'index'],
  latex: [bound(partial, 'toLatex'), 'matrix'],
  evaluate: [bound(partial, 'evaluate'), { x: 1 }],
};

const all = Object.entries(signatures) as [keyof typeof signatures, Signature][];

/** How a call ends. */
async function endOf(call: Call, args: readonly unknown[]): Promise<unknown> {
  try {
    await (call as (...all: unknown[]) => unknown)(...args);
    return 'a value';
  } catch (error) {
    return error instanceof GradusError ? error.code : error;
  }
}

interface Tried {
  readonly what: string;
  readonly right: boolean;
  readonly end: unknown;
}

/** The calls of a signature with every value in every place, one at a time. */
async function tried(key: keyof typeof signatures, { parameters, options }: Signature): Promise<Tried[]> {
  const [call, ...base] = CALLS[key];
  const found: Tried[] = [];
  const add = async (name: string, label: string, right: boolean, args: readonly unknown[]) =>
    found.push({ what: `${key}: ${name} is ${label}`, right, end: await endOf(call, args) });
  for (const [label, value] of Object.entries(VALUES)) {
    for (const [k, { name, optional }] of parameters.entries()) {
      // An object in the place of the names is the options.
      if (name === 'wrt' && label.startsWith('{')) continue;
      if (options && optional && k === 1 && key !== 'train' && label.startsWith('{')) continue;
      const args = parameters.map((_, place) => (place === k ? value : base[place]));
      await add(name, label, RIGHT[name]!.includes(label), args);
    }
    if (!options) continue;
    const places = parameters.map((_, k) => base[k]);
    await add('options', label, label === '{}', [...places, value]);
    for (const name of Object.keys(options)) await add(name, label, RIGHT[name]!.includes(label), [...places, { [name]: value }]);
  }
  return found;
}

describe('a call with an argument or an option of the wrong type', () => {
  test.each(all)('%s', async (key, signature) => {
    for (const { what, right, end } of await tried(key, signature)) {
      // What is right by itself may still not fit the rest: a value that is missing, a name that is taken.
      if (!right) expect(end, what).toBe('argument');
      else if (what.includes(': source is ')) expect(end, what).toBeTypeOf('string');
      else expect(['a value', 'data', 'name', 'shape', 'usage', 'limit'], what).toContain(end);
    }
  });

  test('there are thousands of them', async () => {
    const counted = await Promise.all(all.map(([key, signature]) => tried(key, signature)));
    const wrong = counted.flat().filter(({ right }) => !right);
    expect(wrong.length).toBeGreaterThan(2000);
  });
});

/** What runs a million times looks at its inputs and at nothing else. */
const COMPILED = new Set<keyof typeof signatures>(['call', 'value', 'gradient', 'valueAndGradient']);

describe('a call with one argument too many', () => {
  test.each(all.filter(([key]) => !COMPILED.has(key) && key !== 'toJSON'))('%s', async (key, { name, parameters, options }) => {
    const [call, ...base] = CALLS[key];
    const places = parameters.map((_, k) => base[k]);
    const error = await Promise.resolve()
      .then(() => (call as (...given: unknown[]) => unknown)(...places, ...(options ? [{}] : []), undefined))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GradusError);
    const count = parameters.length + (options ? 1 : 0);
    expect((error as GradusError).message).toMatch(new RegExp(`^${name} takes .*, not ${count + 1}$`));
    expect((error as GradusError).hint).toMatch(/^it is called /);
  });
});

describe('an option that there is not', () => {
  const withOptions = all.filter(([, { options }]) => options);
  const misspelled = (name: string): string[] => [
    name.toUpperCase(),
    name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`),
    `${name.slice(0, -2)}${name.at(-1)}${name.at(-2)}`,
  ];

  test.each(withOptions)('%s: the nearest is proposed', async (key, { options }) => {
    const [call, ...base] = CALLS[key];
    for (const name of Object.keys(options!))
      for (const word of [...misspelled(name), ...(options![name]!.others ?? [])]) {
        if (Object.hasOwn(options!, word)) continue;
        const args = [...signatures[key].parameters.map((_, k) => base[k]), { [word]: 1 }];
        const error = await Promise.resolve()
          .then(() => (call as (...all: unknown[]) => unknown)(...args))
          .catch((e: unknown) => e);
        expect(error, `${key}: ${word}`).toMatchObject({
          code: 'argument',
          message: expect.stringContaining(`no option ${word}`),
        });
        // A name of two letters is near many.
        if (name.length > 2) expect((error as GradusError).hint, `${key}: ${word}`).toMatch(/^did you mean|has a place/);
      }
  });
});

describe('what is said', () => {
  const loose = (call: Call) => call as (...args: unknown[]) => unknown;
  test.each<[Call, unknown[], string, string | undefined]>([
    [derive, [42], 'source is a text, an Expression or a node of mathjs, not 42', 'it is called derive(source, wrt, options)'],
    [
      derive,
      [],
      'source is a text, an Expression or a node of mathjs, not undefined',
      'it is called derive(source, wrt, options)',
    ],
    [derive, ['x^2', 5], 'wrt is a name or a list of names, not 5', 'it is called derive(source, wrt, options)'],
    [derive, ['x*y', 'x, y'], 'wrt is a name or a list of names, not the text "x, y"', "write ['x', 'y']"],
    [derive, ['x', ['x', 3]], 'wrt[1] is a name such as "x", not 3', 'it is called derive(source, wrt, options)'],
    [derive, ['x', { wrt: 'x' }], 'derive has no option wrt', 'wrt has a place of its own: derive(source, wrt, options)'],
    [derive, ['x', { shapes: { x: 3 } }], "shapes.x is a list of lengths such as [2, 'm'], not 3", 'write [3]'],
    [
      derive,
      ['x', { shapes: { x: 'm,2' } }],
      `shapes.x is a list of lengths such as [2, 'm'], not the text "m,2"`,
      "write ['m', 2]",
    ],
    [
      derive,
      ['x', { shapes: { x: ['m', -1] } }],
      "shapes.x[1] is a length: a whole number from 0 on, or a text such as 'n' or 'k+1', not -1",
      undefined,
    ],
    [
      compile,
      ['x', { backend: 'closures' }],
      'backend is one of auto, wasm, js, closure, native, not the text "closures"',
      'did you mean closure?',
    ],
    [train, ['param w; minimize w^2', {}, { epoch: 3 }], 'train has no option epoch', 'did you mean epochs?'],
    [train, ['param w; minimize w^2', {}, { learningRate: 0.1 }], 'train has no option learningRate', 'did you mean lr?'],
    [
      train,
      ['param w; minimize w^2', { epochs: 3, lr: 0.1 }],
      'epochs, lr: these are options, not data',
      'the data come first, and may be empty: train(source, {}, options)',
    ],
    [check, ['x', { claims: { x: '1' } }], 'check has no option claims', 'did you mean claim?'],
    [
      check,
      ['x', { claim: {} }],
      `claim is an object of derivatives by name such as { W: "dZ*X'" }, not an empty object`,
      undefined,
    ],
    [check, ['x', { claim: { x: 1 } }], 'claim.x is a derivative as text, not 1', undefined],
    [check, ['x', { points: 0 }], 'points is a whole number from 1 to 10000, not 0', undefined],
  ])('%s %j', async (call, args, message, hint) => {
    const error = await Promise.resolve()
      .then(() => loose(call)(...args))
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(GradusError);
    const { code, message: told, hint: proposed } = error as GradusError;
    expect({ code, message: told, hint: proposed }).toEqual({ code: 'argument', message, hint });
  });

  test('an option that is there but undefined was not given', () => {
    const given = { precision: undefined, order: undefined } as never;
    expect(derive('x^3', 'x', given).partial.toString()).toBe('3*x^2');
  });

  test('a list of sources mapped is told that a place is no name', () => {
    expect(() => ['x^2'].map(derive as never)).toThrow('wrt is a name or a list of names, not 0');
  });
});
