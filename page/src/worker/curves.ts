import { expandDerivatives } from '../../../src/differentiate/derivative-node.ts';
import { partial } from '../../../src/differentiate/derivatives.ts';
import { inlineDefinitions } from '../../../src/graph/map.ts';
import type { Node } from '../../../src/graph/node.ts';
import { GradusError } from '../../../src/language/diagnostics.ts';
import { unexpandedOf } from '../../../src/model/expanded.ts';
import { derivativeName, objectiveName } from '../../../src/model/objective-name.ts';
import { Callable } from '../../../src/numeric/callable.ts';
import { toStatements } from '../../../src/reading/source.ts';
import { typeset } from '../../../src/render/katex.ts';
import { printLatex } from '../../../src/render/latex.ts';
import { forReading } from '../../../src/simplify/pipelines.ts';
import type { Curves, Tasks } from '../engine/protocol.ts';
import { sweptOf } from './model.ts';
import './typeset.ts';

const POINTS = 481;

/** A function of one number and its derivatives up to an order, at many points; undefined for any other source. */
export function curves({ order, from, to, ...reading }: Tasks['curves']['ask']): Curves | undefined {
  const { model, wrt } = sweptOf(reading);
  const { graph, objective } = model;
  const [by] = wrt;
  const inputs = [...model.inputs.values()];
  if (by === undefined || inputs.length !== 1 || inputs[0]!.shape.length > 0 || objective!.node.shape.length > 0)
    return undefined;
  const x = inputs[0]!.node;
  const derivative = (of: Node): Node => partial(graph, of, [x]);
  // The formulas are of the number alone, whatever the source gives names on the way.
  const [read, found] = [[...inlineDefinitions(graph, [objective!.node])], [unexpandedOf(model, objective!.node)]];
  for (let k = 0; k < order; k++) {
    read.push(forReading(graph, [expandDerivatives(graph, derivative(read[k]!))])[0]!);
    found.push(derivative(found[k]!));
  }
  const name = objectiveName(model);
  const formulas = read.map((node) =>
    typeset(printLatex(toStatements(node, { graph, reserved: graph.names, lengths: graph.lengths }))),
  );
  const run = Callable.of(model, found);
  const at = Array.from({ length: POINTS }, (_, k) => from + ((to - from) * k) / (POINTS - 1));
  const values = found.map(() => new Array<number>(POINTS));
  at.forEach((value, k) => {
    try {
      run.run({ [by]: value }).forEach(({ data }, n) => {
        values[n]![k] = data[0]!;
      });
    } catch (error) {
      if (!(error instanceof GradusError)) throw error;
      for (const column of values) column[k] = Number.NaN;
    }
  });
  return { by, at, curves: found.map((_, k) => ({ name: derivativeName(name, k), formula: formulas[k]!, values: values[k]! })) };
}
