import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile, derive } from '../../src/index.ts';
import { runs } from '../support/generate.ts';

/** What is said of the domain is true, and all that is to be said: an expression, and the same in plain JavaScript. */
interface Piece {
  readonly source: string;
  readonly f: (x: number) => number;
}

const of = (source: (...args: string[]) => string, f: (...args: number[]) => number) => ({ source, f });

/** The first of each kind have kinks. */
const KINKED = 3;
const UNARY = [
  of((u) => `abs(${u})`, Math.abs),
  of(
    (u) => `relu(${u})`,
    (u) => (u < 0 ? 0 : u),
  ),
  of(
    (u) => `clip(${u}, 0, 1)`,
    (u) => Math.min(Math.max(u, 0), 1),
  ),
  of((u) => `sqrt(${u})`, Math.sqrt),
  of(
    (u) => `log(${u})`,
    (u) => (u > 0 ? Math.log(u) : Number.NaN),
  ),
  of((u) => `exp(${u})`, Math.exp),
  of((u) => `asin(${u})`, Math.asin),
  of((u) => `atanh(${u})`, Math.atanh),
  of(
    (u) => `clip(${u}, 0, 1)`,
    (u) => Math.min(Math.max(u, 0), 1),
  ),
  of(
    (u) => `(${u})^2`,
    (u) => u * u,
  ),
  of(
    (u) => `(${u})^3`,
    (u) => u ** 3,
  ),
  of(
    (u) => `1/(${u})`,
    (u) => (u === 0 ? Number.NaN : 1 / u),
  ),
];
const BINARY = [
  of(
    (u, v) => `max(${u}, ${v})`,
    (u, v) => Math.max(u, v),
  ),
  of(
    (u, v) => `(${u} + ${v})`,
    (u, v) => u + v,
  ),
  of(
    (u, v) => `(${u} - ${v})`,
    (u, v) => u - v,
  ),
  of(
    (u, v) => `(${u})*(${v})`,
    (u, v) => u * v,
  ),
];

const letters: fc.Arbitrary<Piece> = fc.oneof(
  fc.constant<Piece>({ source: 'x', f: (x) => x }),
  fc.integer({ min: -2, max: 2 }).map((c): Piece => ({ source: `(x - ${c < 0 ? `(${c})` : c})`, f: (x) => x - c })),
  fc.integer({ min: 1, max: 3 }).map((c): Piece => ({ source: `${c}`, f: () => c })),
);

/** In branches nothing that cancels: what that asks for is not known of a branch. */
const branch: fc.Arbitrary<Piece> = fc
  .tuple(fc.option(fc.constantFrom(...UNARY)), letters)
  .map(([op, u]) => (op ? { source: op.source(u.source), f: (x: number) => op.f(u.f(x)) } : u));

const { piece, plain } = fc.letrec<{ piece: Piece; plain: Piece }>((tie) => ({
  piece: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    letters,
    fc
      .tuple(fc.constantFrom(...UNARY), tie('piece'))
      .map(([op, u]) => ({ source: op.source(u.source), f: (x: number) => op.f(u.f(x)) })),
    fc
      .tuple(fc.constantFrom(...BINARY), tie('piece'), tie('piece'))
      .map(([op, u, v]) => ({ source: op.source(u.source, v.source), f: (x: number) => op.f(u.f(x), v.f(x)) })),
  ),
  // Nothing of these is constant where something else moves.
  plain: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    letters,
    fc
      .tuple(fc.constantFrom(...UNARY.slice(KINKED)), tie('plain'))
      .map(([op, u]) => ({ source: op.source(u.source), f: (x: number) => op.f(u.f(x)) })),
    fc
      .tuple(fc.constantFrom(...BINARY.slice(1)), tie('plain'), tie('plain'))
      .map(([op, u, v]) => ({ source: op.source(u.source, v.source), f: (x: number) => op.f(u.f(x), v.f(x)) })),
  ),
}));

/** A choice is not an argument: what slopes need where a function is applied to one is not all told. */
const choice = fc
  .tuple(fc.integer({ min: -2, max: 2 }), branch, branch)
  .map(([c, u, v]): Piece => ({ source: `(x > ${c} ? ${u.source} : ${v.source})`, f: (x) => (x > c ? u.f(x) : v.f(x)) }));
const whole = fc.oneof(
  { weight: 2, arbitrary: piece },
  choice,
  fc.tuple(choice, piece).map(([u, v]): Piece => ({ source: `${u.source} + ${v.source}`, f: (x) => u.f(x) + v.f(x) })),
);

/** Places at which such expressions may bend, and others. */
const PLACES = [...Array.from({ length: 17 }, (_, k) => k / 2 - 4), -1.37, -0.21, 0.83, 1.71, 2.29];

const isOfX = (source: string): boolean => /\bx\b/.test(source);

/** A condition as it is printed, at a place. */
function holds(condition: string, x: number): boolean {
  const parts = condition.split(' and ').flatMap((part) => {
    const [, u, sign, c] = /^(.*) (!=|=) \+-(.*)$/.exec(part) ?? [];
    return u ? [`${u} ${sign} ${c}`, `${u} ${sign} -(${c})`] : [part];
  });
  const isPlace = parts.every((part) => / = /.test(part));
  const source = parts.map((part) => `(${part.replace(/ = /, ' == ')})`).join(isPlace ? ' or ' : ' and ');
  return compile(`${source} ? 1 : 0`)(isOfX(source) ? { x } : {}) === 1;
}

const NEEDS = /^(?:the slope of )?(.*?) needs (.*?)(?:, and its slope needs (.*?))?(?: where (.*))?$/;
const KINK = /has a kink at (.*): its own slope/;
const BORDER = /: at the border of (.*) the slope is that/;

const near = 1e-5;

/** Whether a line says that there is none, or no one, slope at a place. */
function isBroken(line: string, x: number): boolean {
  const [, kink] = KINK.exec(line) ?? [];
  if (kink) return holds(kink, x);
  const [, border] = BORDER.exec(line) ?? [];
  if (border) return new Set([x - near, x, x + near].map((at) => holds(border, at))).size > 1;
  const [, , own, slope, guard] = NEEDS.exec(line) ?? [];
  if (!own) throw new Error(line);
  const at = guard ? holds(guard, x) : true;
  return at && (!holds(own, x) || (slope !== undefined && !holds(slope, x)));
}

/** Whether a function has a value, and one slope from both sides, as far as differences tell. */
function isSmooth(f: Piece['f'], x: number): boolean {
  const gap = (h: number): [number, number] => {
    const [left, right] = [(f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h];
    return [Math.abs(left - right), 1 + Math.abs(left) + Math.abs(right)];
  };
  const [[wide], [narrow, scale]] = [gap(10 * near), gap(near)];
  return Number.isFinite(narrow) && (narrow < 1e-3 * scale || narrow < 0.6 * wide);
}

const told = (source: string): string[] | undefined => {
  const lines = derive(source, 'x').domain('en', 'ascii');
  return lines.some((line) => line.endsWith('has no value')) ? undefined : lines;
};

test('where all that is said holds, there is a value and one slope', () => {
  fc.assert(
    fc.property(whole, ({ source, f }) => {
      const lines = isOfX(source) ? told(source) : undefined;
      if (!lines) return;
      for (const x of PLACES)
        if (!lines.some((line) => [x - near, x, x + near].some((at) => isBroken(line, at))))
          expect(isSmooth(f, x), `${source} at ${x}: ${lines.join('; ')}`).toBe(true);
    }),
    { numRuns: runs(150) },
  );
});

test('where a condition does not hold, there is no value or no slope', () => {
  fc.assert(
    fc.property(plain, ({ source, f }) => {
      const lines = isOfX(source) ? told(source) : undefined;
      for (const line of lines ?? []) {
        if (!NEEDS.test(line) || KINK.test(line) || BORDER.test(line)) continue;
        for (const x of PLACES) if (isBroken(line, x)) expect(isSmooth(f, x), `${source} at ${x}: ${line}`).toBe(false);
      }
    }),
    { numRuns: runs(150) },
  );
});
