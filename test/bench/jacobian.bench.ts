import { bench, describe } from 'vitest';
import { compileProgram } from '../../src/compile/index.ts';
import { pushforward } from '../../src/differentiate/forward.ts';
import { differentiate, identity } from '../../src/differentiate/sweep.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import type { Node } from '../../src/graph/node.ts';
import { hvp, jacobian, parse } from '../../src/index.ts';
import { random } from '../../src/numeric/random.ts';
import { forRunning } from '../../src/simplify/pipelines.ts';

/** Forward carries the variable's axes along, backwards the objective's: the cost of a Jacobian either way. */
const CASES = [
  ['2000 of 2', { A: [2000, 60], B: [60, 60], C: [60, 2], x: [2] }],
  ['2 of 2000', { A: [2, 60], B: [60, 60], C: [60, 2000], x: [2000] }],
  ['60 of 60', { A: [60, 60], B: [60, 60], C: [60, 60], x: [60] }],
] as const;
const SOURCE = 'h = tanh(C*x); k = h + tanh(B*h); A*(k + tanh(B*k))';

const TIME = { warmupTime: 300, time: 1500 };

describe.each(CASES)('a Jacobian, %s', (_, shapes) => {
  const model = elaborate(parse(SOURCE), { shapes: shapes as never });
  const g = model.graph;
  const [f, x] = [model.objective!.node, model.inputs.get('x')!.node];
  const run = (node: Node): (() => void) => {
    const program = compileProgram({ outputs: forRunning(g, [node]), sizes: new Map() });
    const draw = random(1);
    for (const { data } of program.inputs.values()) for (const k of data.keys()) data[k] = draw.normal() / 8;
    return () => program.run();
  };
  bench('backwards', run(differentiate(g, f, [x])[0]!), TIME);
  bench('forward', run(pushforward(g, f, x, identity(g, x.shape))), TIME);
});

describe('with structure', () => {
  const x = Float64Array.from({ length: 20_000 }, (_, k) => Math.sin(k));
  const diagonal = jacobian('x.*exp(x) + tanh(x)', 'x', { shapes: { x: ['n'] } }).compile();
  bench('a diagonal Jacobian, 20,000 of 20,000', () => void diagonal({ x }), TIME);
  const product = hvp('log(1 + sum(exp(x).*x))', 'x', { shapes: { x: ['n'] } }).compile();
  bench('a dense Hessian times a vector, 20,000', () => void product({ x, v: x }), TIME);
});
