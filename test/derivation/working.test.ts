import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ToldStep } from '../../src/derivation/document.ts';
import type { WorkingLine } from '../../src/derivation/working-lines.ts';
import { type Derivation, derive } from '../../src/index.ts';
import type { Expr } from '../../src/language/tree.ts';
import { random } from '../../src/numeric/random.ts';
import { printExpr } from '../../src/render/text.ts';

/**
 * The working of a step by entries says what the step says: each line, read back as the definition of an array by its
 * entries, is worth what stands on its left.
 */

const data: Record<string, string> = {
  ridge: 'data X : [m, n], y : [m]; param w : [n], c; r = X*w - y; minimize J = sum(r.^2) + c*sum(w.^2)',
  quadratic: "param x : [n]; data A : [n, n]; minimize f = x'*A*x",
  trace: "param A : [n, m]; data B : [m, m]; minimize f = trace(A*B*A')",
  softmax: 'data X : [n, m], Y : [q, m]; param W : [q, n]; Z = W*X; P = softmax(Z, q); minimize L = -sum(Y.*log(P))/m',
  norm:
    'data X : [n, m], Y : [n, m]; param g : [n], b : [n]; mu = mean(X.*g, m); v = mean((X.*g - mu).^2, m);' +
    'H = (X.*g - mu)./sqrt(v + 0.01); minimize L = sum((H.*g + b - Y).^2)/(2*m)',
  residual: 'data x : [n]; param W : [n, n], V : [n, n]; a = W*x; r = x + tanh(a); s = V*r + a; minimize L = sum(s.*r)',
  outer: "param u : [n], v : [p]; data M : [n, p]; E = u*v' - M; minimize L = sum(E.^2)/2",
};

const examples = readdirSync('examples').filter((file) => file.endsWith('.grad'));
const sources = [...Object.entries(data), ...examples.map((file) => [file, readFileSync(`examples/${file}`, 'utf8')] as const)];
const SIZES: Readonly<Record<string, number>> = { m: 4, n: 3, p: 2, q: 3, k: 3 };

const stepsOf = (derivation: Derivation): readonly ToldStep[] =>
  derivation
    .document({ detail: 'full' })
    .sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'steps' ? block.steps : [])));

/** The array that a line's left side is an entry of, and its letters. */
function leftOf(expr: Expr): { name: string; letters: string[] } | undefined {
  if (expr.kind === 'call' && expr.callee === '/') {
    const [of, by] = expr.args.map((arg) => (arg.kind === 'call' ? arg.args[0]! : arg));
    const inner = leftOf(by!);
    return inner && of?.kind === 'name' ? { name: `∂${of.name}/∂${inner.name}`, letters: inner.letters } : undefined;
  }
  if (expr.kind === 'name') return { name: expr.name, letters: [] };
  if (expr.kind !== 'subscripted' || expr.target.kind !== 'name') return undefined;
  const letters = expr.subscripts.map((s) => (s.kind === 'at' && s.index.kind === 'name' ? s.index.name : ''));
  return { name: expr.target.name, letters };
}

interface Checked {
  readonly text: string;
  readonly left: string;
  readonly letters: readonly string[];
}

/** The lines that are formulas of entries: not those with ∂Z/∂W, which the next line works out. */
function equations(lines: readonly WorkingLine[]): Checked[] {
  let left: ReturnType<typeof leftOf>;
  return lines.flatMap((line) => {
    left = line.left ? leftOf(line.left) : left;
    if (typeof line.right === 'string' || line.label === 'matrices' || !left) return [];
    const text = printExpr(line.right, 'ascii');
    return /∂|δ/u.test(text) ? [] : [{ text, left: left.name, letters: left.letters }];
  });
}

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Axes of length 1 carry no letter. */
const withoutUnits = ({ shape, data }: { shape: readonly number[]; data: ArrayLike<number> }): Numbers => ({
  shape: shape.filter((length) => length !== 1),
  data: [...Array(data.length).keys()].map((k) => data[k]!),
});

const nested = ({ shape, data }: Numbers): unknown => {
  if (shape.length === 0) return data[0];
  const [length, ...rest] = shape as [number, ...number[]];
  const step = data.length / length;
  return Array.from({ length }, (_, k) => nested({ shape: rest, data: data.slice(k * step, (k + 1) * step) }));
};

/** Values of all names of a source: random ones for inputs that it has none for. */
function numbersOf(source: string, derivation: Derivation): Map<string, Numbers> {
  const { model } = derivation;
  const draw = random(source.length);
  const size = (dim: number | string): number => (typeof dim === 'number' ? dim : (model.sizes.get(dim) ?? SIZES[dim] ?? 2));
  const make = ([first, ...rest]: readonly (number | string)[]): unknown =>
    first === undefined ? draw.uniform(0.2, 1) : Array.from({ length: size(first) }, () => make(rest));
  const open = [...model.inputs.values()].filter((input) => !input.initial);
  const inputs = Object.fromEntries(open.map((input) => [input.name, make(input.shape)]));
  const copies = [...model.inputs.keys()].map((own) => `copy_${own} = ${own}`).join('\n');
  const { forward, backward } = derive(`${source}\n${copies}`).values(inputs as never);
  const dims = [...new Set([...model.inputs.values()].flatMap((input) => input.shape))].filter((dim) => typeof dim === 'string');
  return new Map([
    ...[...forward, ...backward].map(
      (quantity) => [quantity.label.replace(/ = .*/su, '').replace(/^copy_/, ''), withoutUnits(quantity)] as const,
    ),
    ...dims.map((dim) => [dim, { shape: [], data: [size(dim)] }] as const),
  ]);
}

/** What a line is worth, as a source of its own: whatever it reads are data. */
function worth({ text, letters }: Checked, like: Numbers, known: ReadonlyMap<string, Numbers>): ArrayLike<number> {
  const names = [...known].filter(([own]) => /^\p{L}[\p{L}\d_]*$/u.test(own) && !letters.includes(own));
  const used = names.filter(([own]) => new RegExp(`(?<![\\p{L}\\d_])${own}(?![\\p{L}\\d_(])`, 'u').test(text));
  const range = letters.map((letter, k) => `${letter}=1:${like.shape[k]}`);
  const lines = [
    ...used.map(([own, { shape }]) => `data ${own}${shape.length > 0 ? ` : [${shape.join(', ')}]` : ''}`),
    `result${range.length > 0 ? `[${range.join(', ')}]` : ''} = ${text}`,
    'minimize sum(result)',
  ];
  const inputs = Object.fromEntries(used.map(([own, numbers]) => [own, nested(numbers)]));
  const { forward } = derive(['param unused = 1', ...lines].join('\n'), 'unused').values(inputs as never);
  return forward.find((quantity) => quantity.label.startsWith('result'))!.data;
}

describe.each(sources)('%s', (_, source) => {
  test('each line by entries is worth its left side', () => {
    const derivation = derive(source);
    const known = numbersOf(source, derivation);
    let checked = 0;
    for (const line of stepsOf(derivation).flatMap((step) => equations(step.working))) {
      const like = known.get(line.left);
      if (!like || line.letters.length !== like.shape.length) continue;
      const found = worth(line, like, known);
      for (const [k, value] of like.data.entries()) expect(found[k], `${line.left} = ${line.text}`).toBeCloseTo(value, 8);
      checked++;
    }
    expect(checked).toBeGreaterThan(0);
  });
});
