import { describe, expect, it, test } from 'vitest';
import type { Node } from '../../src/graph/node.ts';
import { topological } from '../../src/graph/traverse.ts';
import { derive, type Expression, simplify } from '../../src/index.ts';
import { pseudoinverse } from '../../src/operators/power.ts';
import { lengthOf } from '../../src/simplify/length.ts';
import { lowestTerms } from '../../src/simplify/rational/lowest-terms.ts';
import { Measure } from '../../src/simplify/rational/measure.ts';
import { Reader } from '../../src/simplify/rational/read.ts';
import { Writer } from '../../src/simplify/rational/write.ts';
import { questions } from '../bench/brevity/questions.ts';

/** Forms are compared by their lengths: these are told before anything is written, and should be those of what is. */

/** Arrays are measured less exactly, and so is a reciprocal that 0 has one of, which is written like any other. */
const isMeasured = (node: Node): boolean =>
  node.shape.length === 0 && !(node.kind === 'apply' && node.operator === pseudoinverse);

const scalars = new Map<string, Expression>();
for (const kind of ['of scalars', 'of antiderivatives']) {
  for (const { source, wrt } of questions[kind]!) {
    const all = [simplify(source), derive(source, wrt || undefined, { steps: false }).partial!];
    for (const e of all) if (topological([e.node]).every(isMeasured)) scalars.set(String(e), e);
  }
}

test.each([...scalars])('the length of %s is that of its text', (text, { node }) => {
  expect(lengthOf(node, new Map())).toBe(text.replaceAll(' ', '').length);
});

test.each(['det(X)', 'logdet(X)', 'prod(x)', 'logsumexp(x)'])('the length of %s is that of its text', (source) => {
  const { node } = simplify(source, { shapes: { X: [2, 2], x: [3] } });
  expect(lengthOf(node, new Map())).toBe(source.length);
});

describe.each([{}, { nested: true }, { merged: true }, { spread: true }])('a product of polynomials, written %j', (writing) => {
  const off = [...scalars].map(([text, { graph, node }]) => {
    const lengths = new Map();
    const reader = new Reader(graph, {}, 600, (sum) => sum);
    const factored = lowestTerms(reader.read(node, []), reader);
    const measured = new Measure(reader, lengths).of(factored, writing);
    const written = new Writer(graph, reader, lengths, { result: [], sizes: new Map() }, writing).write(factored);
    return { text, by: Math.abs(measured - lengthOf(written, lengths)) };
  });

  it('is measured to a pair of brackets or two', () => {
    expect(off.filter(({ by }) => by > 4)).toEqual([]);
  });

  it('is measured exactly nine times in ten', () => {
    expect(off.filter(({ by }) => by > 0).length).toBeLessThan(off.length / 10);
  });
});
