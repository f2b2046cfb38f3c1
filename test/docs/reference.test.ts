import { describe, expect, it } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { compile } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { isJump, type Operator } from '../../src/operators/operator.ts';
import { operatorOf } from '../../src/session/help/text.ts';
import { bigNumbers } from '../../src/verify/big-numbers.ts';
import { centralDifferences, evaluateBig } from '../../src/verify/differences.ts';
import { relative } from '../support/sample.ts';
import { exampleOf, flat } from './reference/example.ts';
import { groups } from './reference/functions.ts';
import { referencePage } from './reference/page.ts';

const entries = groups.flatMap((group) => Object.entries(group.entries));
const numbers = bigNumbers();
const NO_SIZES = new Map<string, number>();

describe('docs/reference.md', () => {
  it('is what the records give: npm run docs writes it', async () => {
    await expect(await referencePage()).toMatchFileSnapshot('../../docs/reference.md');
  });
});

/** The entrywise function of a name, where its record says that it is not defined everywhere. */
function restricted(name: string): Operator | undefined {
  const operator = operatorOf(name);
  return operator?.domain && !isJump(operator) ? operator : undefined;
}

const POINTS = [-3, -2.5, -1, -0.5, -0.2, 0, 0.5, 1, 1.5, 2, 3.25];

describe('the reference says where a function and its derivative have values, as the record does', () => {
  it.each(entries.filter(([name]) => restricted(name)))('%s', (name, { call, at, where }) => {
    const { domain, caveats } = restricted(name)!;
    const holds = compile(where ?? '1');
    // The arguments as the call has them: names are the point's, numbers stay.
    const written = /\((.*)\)/.exec(call)![1]!.split(', ');
    const names = Object.keys(at);
    const points = names.length === 1 ? POINTS.map((x) => [x]) : POINTS.flatMap((x) => POINTS.map((y) => [x, y]));
    for (const point of points) {
      const values = Object.fromEntries(names.map((n, k) => [n, point[k]!]));
      const args = written.map((text) => values[text] ?? Number(text));
      const said = holds(where === undefined ? {} : values) !== 0;
      // What the record says in words is told by the engine.
      if (where !== undefined || !caveats) expect(said, `at ${JSON.stringify(values)}`).toBe(domain!(...args));
    }
  });
});

describe('the examples of the reference are right', () => {
  it.each(entries)('%s', (_, entry) => {
    const { objective, at, shapes, partials, value } = exampleOf(entry);
    const call = elaborate(parse(entry.call), { shapes });
    const big = new Map(Object.entries(at).map(([name, x]) => [name, flat(x).map(numbers.from)]));
    const literals = [...call.literals].map(
      ([node, { data }]) => [node.kind === 'variable' ? node.name : '', data.map(numbers.from)] as const,
    );
    const exact = evaluateBig([call.objective!.node], new Map([...big, ...literals]), NO_SIZES, numbers)[0]!;
    expect(flat(value)).toHaveLength(exact.length);
    for (const [k, x] of flat(value).entries()) expect(relative(x, Number(exact[k]))).toBeLessThan(1e-13);

    // What stops a gradient has no derivative that differences would find.
    if (entry.call.includes('stop_gradient')) return expect(partials[0]!.text).toBe('stop_gradient(x)');
    const { node } = elaborate(parse(objective), { shapes }).objective!;
    for (const { name, text, value: slope } of partials) {
      const { data, kink } = centralDifferences(node, name, big, NO_SIZES, numbers);
      expect(kink, `${name} at a kink`).toBe(false);
      for (const [k, x] of flat(slope).entries()) expect(relative(x, Number(data[k]))).toBeLessThan(1e-12);
      const { inputs } = elaborate(parse(text), { shapes });
      const printed = compile(text, { shapes })(Object.fromEntries(Object.entries(at).filter(([n]) => inputs.has(n))) as never);
      const shown = typeof printed === 'number' ? [printed] : [...printed.data];
      for (const [k, x] of shown.entries()) expect(relative(x, Number(data[k]))).toBeLessThan(1e-12);
    }
  });
});
