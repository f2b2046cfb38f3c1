import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Node } from '../../src/graph/node.ts';
import { topological } from '../../src/graph/traverse.ts';
import { derive, simplify } from '../../src/index.ts';
import { describeGenerated, expressions, type Generated, runs } from '../support/generate.ts';
import { distance, modelOf, ordinary, somewhere, valuesOf } from '../support/values.ts';

/** What is printed: the simplified objective, and the derivative. */
const printed = (generated: Generated) => {
  const { source, wrt, shapes } = generated;
  return [simplify(source, { shapes }), derive(source, wrt, { shapes, steps: false }).partial];
};

/** The shapes of the names that an expression has; the sizes n and m are told in any case. */
const shapesOf = ({ node }: { node: Node }, { shapes }: Generated): Generated['shapes'] => {
  const names = topological([node]).flatMap((n) => (n.kind === 'variable' && shapes[n.name] ? [n.name] : []));
  return Object.fromEntries([['ν', ['n', 'm']], ...names.map((name) => [name, shapes[name]!])]);
};

it('the text of an expression parses back to the same value', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(expressions(), fc.nat(), (generated, seed) => {
      const model = modelOf(generated);
      const point = somewhere(model, seed);
      for (const expression of printed(generated)) {
        const text = expression.toString();
        const back = modelOf({ source: text, shapes: shapesOf(expression, generated) });
        const before = valuesOf([expression.node], point, model)[0]!;
        if (!before.every(ordinary)) continue;
        const after = valuesOf([back.objective!.node], point, back)[0]!;
        expect(distance(before, after), `${describeGenerated(generated)}\nprints ${text}`).toBeLessThan(1e-9);
      }
    }),
    { numRuns: runs(300, 0.1) },
  );
});

/** Every brace is closed, in order; escaped ones do not count. */
function balanced(latex: string): boolean {
  let depth = 0;
  for (const brace of latex.replaceAll(/\\[{}]/g, '').matchAll(/[{}]/g)) {
    depth += brace[0] === '{' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0 && (latex.match(/\\left/g) ?? []).length === (latex.match(/\\right/g) ?? []).length;
}

it('Unicode and LaTeX say everything, and LaTeX closes its braces', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(expressions(), (generated) => {
      for (const expression of printed(generated)) {
        expect(expression.toUnicode()).not.toBe('');
        const latex = expression.toLatex();
        expect(balanced(latex), `${describeGenerated(generated)}\n${latex}`).toBe(true);
      }
    }),
    { numRuns: runs(300, 0.1) },
  );
});
