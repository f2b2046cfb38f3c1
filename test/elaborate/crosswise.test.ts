import { describe, expect, it } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { derive, type GradusError } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { refusalOf } from '../support/refusal.ts';

type Shapes = Record<string, (number | string)[]>;

/** The shapes of the names that a source has. */
const own = (source: string, shapes: Shapes): Shapes =>
  Object.fromEntries(Object.entries(shapes).filter(([name]) => new RegExp(`\\b${name}\\b`).test(source)));

const elaborated = (source: string, shapes: Shapes) => elaborate(parse(source), { shapes: own(source, shapes) });

const error = (source: string, shapes: Shapes = {}): GradusError => refusalOf(() => elaborated(source, shapes));

const warnings = (source: string, shapes: Shapes = {}) => elaborated(source, shapes).warnings;

const shapes: Shapes = { x: ['n'], y: ['n'], z: ['m'], r: [1, 'n'], X: ['m', 'n'], s: [] };

describe('a row and a column of one length', () => {
  it.each([
    ['A = sigmoid(w*X + b)\nminimize sum((A - Y).^2)/(2*m)', 'A (1×m) and Y (m×1)', "Y'"],
    ['x - r', 'x (n×1) and r (1×n)', "x'"],
    ['r.*x', 'x (n×1)', "x'"],
    ['x./r', 'x (n×1)', "x'"],
    ['max(x, r)', 'x (n×1)', "x'"],
    ['x > r', 'x (n×1)', "x'"],
    ['hypot(r, x)', 'x (n×1)', "x'"],
    ['r + exp(x)', 'exp(x) (n×1)', "exp(x)'"],
    ['2*x - r', '2*x (n×1)', "(2*x)'"],
    ['s + x - r', 'x (n×1)', "x'"],
  ])('%s is an error', (source, message, hint) => {
    const own: Shapes = source.includes('Y') ? { w: [1, 2], X: [2, 'm'], b: [], Y: ['m'] } : shapes;
    const found = error(source, own);
    expect(found.code).toBe('shape');
    expect(found.message).toContain(message);
    expect(found.message).toContain('stretch each other');
    expect(found.hint).toContain(hint);
    expect(found.span).toBeDefined();
  });

  it('is an error beside a transpose, too', () =>
    expect(error("max(y', x, r)", shapes).message).toContain('x (n×1) and r (1×n)'));

  it('is one where the lengths are numbers, too', () => {
    expect(error('a - b', { a: [3], b: [1, 3] }).message).toContain('to 3×3');
  });

  it.each(["x - x'", "x' + y", "exp(-(x - y').^2)", "x + 2*y'", "x./(1 + s*y')", "k = y'\nx - k", "x - (-y')"])(
    '%s is a table that is meant: one is a transpose for all to see',
    (source) => {
      expect(warnings(source, shapes)).toEqual([]);
    },
  );
});

describe('a row and a column of two lengths', () => {
  it('give a table, with a warning at its place', () => {
    const [warning, ...rest] = warnings('1 + (z - r)', shapes);
    expect(rest).toEqual([]);
    expect(warning!.message).toBe('z (m×1) and r (1×n) stretch each other, to m×n');
    expect(warning!.span).toEqual({ start: 5, end: 10 });
    expect(warning!.hint).toContain('T[i,j] = ');
  });

  it("and none where one is a transpose: z - x'", () => expect(warnings("z - x'", shapes)).toEqual([]));
  it('are told of by the API', () =>
    expect(derive('sum(z - r)', 'z', { shapes: own('sum(z - r)', shapes) }).warnings).toHaveLength(1));
});

describe('what stretches one way only is nothing to speak of', () => {
  it.each(['X + z', 'X + r', 'X.*s', 'x + s', 's*r'])('%s', (source) => expect(warnings(source, shapes)).toEqual([]));
});

describe('entries that are paired', () => {
  it.each([
    ['dot(X, x)', 'dot pairs entries: X is m×n, x is n×1'],
    ['dot(x, r)', 'dot pairs entries: x is n×1, r is 1×n'],
    ['mse(x, r)', 'mse pairs entries: x is n×1, r is 1×n'],
    ['kl(z, x)', 'kl pairs entries: z is m×1, x is n×1'],
    ['bce(X, z)', 'bce pairs entries: X is m×n, z is m×1'],
  ])('%s: both need one shape', (source, message) => expect(error(source, shapes).message).toContain(message));

  it('are turned by the hint', () => expect(error('mse(x, r)', shapes).hint).toBe("mse(x, r')"));
  it('may be paired with a number', () => expect(warnings('mse(x, 0)', shapes)).toEqual([]));
});

describe('a choice at a single place', () => {
  it.each(['where(x == 0, 0, x)', 'where(x != 0, sin(x)./x, 1)', '2*where(2*x == 1, x, 1)'])('%s is told of', (source) => {
    expect(warnings(source, { x: [] }).map((w) => w.message)).toEqual([
      'the slope at this one place is that of the branch taken, not of its surroundings',
    ]);
  });
  it.each(['where(x > 0, x, 0)', 'data Y : [n]\nparam w\nminimize sum(where(Y == 1, w*Y, w))', 'sum[i=1:3](i == 2 ? x : 1)'])(
    '%s is nothing to speak of',
    (source) => expect(warnings(source, source.includes('data') ? {} : { x: [] })).toEqual([]),
  );
});

describe('a derivative by a name that does not occur', () => {
  it('is 0, and told of', () => {
    const [warning, ...rest] = warnings('diff(exp(2x), x, n)');
    expect(rest).toEqual([]);
    expect(warning).toMatchObject({
      message: 'n does not occur in exp(2x): the derivative by it is 0',
      hint: 'an order is a whole number: diff(exp(2x), x, 2)',
    });
    expect(warnings('diff(x^2, y)').map((w) => w.hint)).toEqual([undefined]);
  });
  it.each(['diff(x^2, x, 2)', 'diff(x*y, x, y)', 'f(z) = z^2\ndiff(f(y), y)'])('%s is as it should be', (source) =>
    expect(warnings(source)).toEqual([]),
  );
});
