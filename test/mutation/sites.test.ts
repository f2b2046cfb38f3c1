import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { expect, test } from 'vitest';
import { mutants, mutated, probed, sample } from './sites.ts';

/** What the changed lines become. */
const changes = (source: string): string[] => [...mutants('a.ts', source)].map((m) => m.after);

test.each<[what: string, source: string, ...after: string[]]>([
  ['arithmetic', 'f(a * b);', 'f(a / b);'],
  ['comparisons', 'f(a <= b);', 'f(a < b);'],
  ['connectives, with their brackets', 'f(a && b || c);', 'f(((a && b) && (c)));', 'f(((a) || (b)) || c);'],
  ['what stands in for nothing', 'f(a ?? b);', 'f(b);'],
  ['numbers', 'f(1);', 'f(2);', 'f(0);'],
  ['large numbers', 'f(1n);', 'f(2n);', 'f(0n);'],
  ['signs', 'f(-1);', 'f( (1));'],
  ['truths', 'f(true);', 'f(false);'],
  ['conditions', 'if (a) f();', 'if (!(a)) f();'],
  ['negations', 'if (!a) f();', 'if (!!(a)) f();'],
  ['sums that are assigned', 'a += b;', 'a -= b;'],
  ['arguments that do not commute', 'g.sub(a, b);', 'g.sub(b, a);'],
  ['the branches of a condition', 'where(g, c, a, b);', 'where(g, c, b, a);'],
  ['methods', 'a.some(f);', 'a.every(f);'],
  ['methods that may be left out', 'a.filter(f);', 'a;'],
  [
    'rules that do not apply',
    '() => { if (a === b) return c; return undefined; };',
    '() => { if (a !== b) return c; return undefined; };',
    '() => { if (a === b) return undefined; return undefined; };',
  ],
])('%s', (_, source, ...after) => expect(changes(source).sort()).toEqual(after.sort()));

test.each([
  ['text that is put together', "f('a' + b);"],
  ['errors', 'throw new Error(a + b);'],
  ['errors that are made', "f(new GradusError('E', a + b));"],
  ['types', 'const f: 1 | true = a as 2;'],
  ['names of properties', 'f({ 1: a });'],
  ['what always returns something', '() => { return a; };'],
])('%s stays', (_, source) => expect(changes(source)).toEqual([]));

test('a change stands at its place, also behind brackets and comments', () => {
  const source = 'f((a) /* - */ - (b));';
  expect([...mutants('a.ts', source)].map((m) => mutated(source, m))).toEqual(['f((a) /* - */ + (b));']);
});

test('probes say what is reached, and leave the values', () => {
  const source = 'const f = (a, b) => a > 0 && a * b > 1;';
  const all = [...mutants('a.ts', source)];
  const reached = new Set<number>();
  const f = new Function(
    'globalThis',
    `${probed(
      source,
      all.map(({ probe }, id) => ({ id, probe })),
    )} return f;`,
  )({
    $reached: (id: number) => reached.add(id),
  });
  expect(f(2, 3)).toBe(true);
  expect(reached.size).toBe(all.length);
  reached.clear();
  expect(f(-1, 3)).toBe(false);
  expect([...reached].map((id) => all[id]!.after)).not.toContain('const f = (a, b) => a > 0 && a / b > 1;');
  expect(reached.size).toBeGreaterThan(0);
});

test('the draw depends on the seed, and a larger one holds the smaller', () => {
  const drawn = (seed: number, count: number) =>
    sample(['src/graph'], seed, count).map((m) => `${m.file} ${m.before} ${m.after}`);
  expect(drawn(1, 5)).toEqual(drawn(1, 8).slice(0, 5));
  expect(drawn(1, 5)).not.toEqual(drawn(2, 5));
});

test('every mutant of the graph is a program', () => {
  for (const mutant of sample(['src/graph'], 1, 50)) {
    const source = readFileSync(mutant.file, 'utf8');
    expect(() => transformSync(mutated(source, mutant), { loader: 'ts' })).not.toThrow();
  }
});
