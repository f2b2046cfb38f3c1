import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as math from 'mathjs';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { compile, type Derivation, derive, type Expression, type InputValue, type Result } from '../../src/index.ts';

/** The types are checked by tsc, with the rest of the tests; what runs here is that they tell the truth. */

const SOURCE = 'data X : [2, m] = [[1, 2], [3, 4]]; param W : [1, 2] = [[1, 1]]; param b = 0; minimize C = sum((W·X + b).^2)';

describe('the names that a call lists are those of its result', () => {
  test('of a list', () => {
    const d = derive(SOURCE, ['W', 'b']);
    expectTypeOf(d).toEqualTypeOf<Derivation<'W' | 'b'>>();
    expectTypeOf(d.partials.W).toEqualTypeOf<Expression>();
    expectTypeOf(d.partials).toEqualTypeOf<Readonly<Record<'W' | 'b', Expression>>>();
    const { gradient } = d.compile().valueAndGradient();
    expectTypeOf(gradient).toEqualTypeOf<Record<'W' | 'b', Result>>();
    expectTypeOf(d.compile().gradient().W).toEqualTypeOf<Result>();
    // @ts-expect-error it was not derived by X
    expect(d.partials.X).toBeUndefined();
    expect(Object.keys(d.partials)).toEqual(['W', 'b']);
    expect(Object.keys(gradient)).toEqual(['W', 'b']);
  });

  test('of one name', () => {
    const d = derive('x^2', 'x', { order: 2 });
    expectTypeOf(d.partials).toEqualTypeOf<Readonly<Record<'x', Expression>>>();
    expect(String(d.partials.x)).toBe('2');
  });

  test('of names that only the run knows, or of none, any', () => {
    const names: string[] = ['W'];
    for (const d of [derive(SOURCE, names), derive(SOURCE, names[0]), derive(SOURCE), derive(SOURCE, { steps: false })]) {
      expectTypeOf(d).toEqualTypeOf<Derivation>();
      expectTypeOf(d.partials).toEqualTypeOf<Readonly<Record<string, Expression>>>();
      expect(Object.keys(d.partials)).toContain('W');
    }
  });

  test('a derivation by known names is one by names', () => {
    expectTypeOf<Derivation<'W'>>().toExtend<Derivation>();
    const told = ({ wrt }: Derivation): string => wrt.join();
    expect(told(derive(SOURCE, 'W'))).toBe('W');
  });
});

test('a value is a number, an array of some, or what mathjs has for these', () => {
  const scalar = compile('2x');
  for (const x of [3, 3n, math.bignumber(3), math.fraction(3), Object(3) as number]) expect(scalar({ x })).toBe(6);
  expect(scalar({ x: 'Infinity' })).toBe(Number.POSITIVE_INFINITY);
  const vector = compile('sum(x)', { shapes: { x: [2] } });
  for (const x of [
    [1, 2],
    [[1], [2]],
    [math.fraction(1), 2n],
    math.matrix([1, 2]),
    math.matrix([1, 2], 'sparse'),
    new Int8Array([1, 2]),
    new BigInt64Array([1n, 2n]),
  ])
    expect(vector({ x })).toBe(3);
  expectTypeOf<math.Matrix>().toExtend<InputValue>();
  expectTypeOf<math.MathArray<number>>().toExtend<InputValue>();
  expectTypeOf<math.BigNumber>().toExtend<InputValue>();
  expectTypeOf<math.Fraction>().toExtend<InputValue>();
});

test('what is no value is none for the type either', () => {
  const f = compile('x');
  // @ts-expect-error a text
  expect(() => f({ x: 'three' })).toThrow('not a number');
  // @ts-expect-error a truth value
  expect(() => f({ x: true })).toThrow('the value of x is true, not a number');
  // @ts-expect-error a date
  expect(() => f({ x: new Date() })).toThrow('not a number');
  // @ts-expect-error a function
  expect(() => f({ x: () => 3 })).toThrow('not a number');
  // @ts-expect-error an object
  expect(() => f({ x: { y: 3 } })).toThrow('not a number');
  // @ts-expect-error null
  expect(() => f({ x: null })).toThrow('not a number');
  // @ts-expect-error texts in a list
  expect(() => f({ x: ['a'] })).toThrow('not a number');
  // @ts-expect-error bytes of no kind
  expect(() => f({ x: new DataView(new ArrayBuffer(8)) })).toThrow('not a number');
});

/** What the declarations of the API name and no caller does: helpers between its files. */
const INTERNAL = new Set(['DISPLAY', 'INSPECT', 'InspectOptions', 'NamedPart', 'Page', 'Signature', 'Step', 'TextbookStep']);
const HELPERS = new Set(['absent', 'beside', 'described', 'in-digits', 'names', 'noise', 'swept', 'without-value']);

test('every type that a signature names can be imported', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'gradus-types-'));
  try {
    execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json', '--outDir', folder], { cwd: root });
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    const names = (clause: string) =>
      clause
        .split(',')
        .map((part) => part.replace(/\btype\b|\bas\b.*/g, '').trim())
        .filter(Boolean);
    const listed = (text: string, kind: 'import' | 'export') =>
      [...text.matchAll(new RegExp(`^${kind} (?:type )?\\{([^}]*)\\} from`, 'gm'))].flatMap(([, clause]) => names(clause!));
    const known = new Set(listed(read('index.d.ts'), 'export'));
    expect(known).toContain('Derivation');
    const files = readdirSync(join(folder, 'api')).filter((file) => !HELPERS.has(file.replace('.d.ts', '')));
    const named = files.flatMap((file) => listed(read(`api/${file}`), 'import'));
    expect(named).toContain('Words');
    expect([...new Set(named)].filter((name) => !known.has(name) && !INTERNAL.has(name))).toEqual([]);
    for (const file of files) expect(read(`api/${file}`), file).not.toMatch(/: any\b|<any>|\bany\[\]/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
