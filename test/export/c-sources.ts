import { readdirSync, readFileSync } from 'node:fs';
import type { Exported } from '../../src/export/dialect.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { operators } from '../../src/operators/index.ts';
import { corpus } from '../support/corpus.ts';
import { domainPoints } from '../support/sample.ts';
import { modelOf, somewhere } from '../support/values.ts';
import { exportedOf } from './c-exported.ts';

/** Every model of the examples, with numbers for one whose data are in a file. */
export const examples: readonly [string, string][] = ['examples', 'examples/models'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.grad'))
    .map((file): [string, string] => [`${folder}/${file}`, readFileSync(`${folder}/${file}`, 'utf8')]),
);

export const LINE = { given: { xs: [1, 2, 3], ys: [3, 5, 7.5] } };

export const exampleOf = (name: string): Exported =>
  exportedOf(examples.find(([own]) => own === name)![1], name === 'examples/line.grad' ? LINE : {});

/** A model of each function of numbers that a source can call, at points of its domain. */
export const functions = (): [string, Exported][] =>
  operators
    .filter((f) => f.internal === undefined && /^\w+$/.test(f.name))
    .flatMap((f): [string, Exported][] => {
      const points = domainPoints(f, 5);
      const lines = Array.from({ length: f.arity }, (_, k) =>
        f.orders?.includes(k) ? [] : [`param x${k} : [5] = [${points.map((p) => p[k]).join(', ')}]`],
      ).flat();
      const args = Array.from({ length: f.arity }, (_, k) => (f.orders?.includes(k) ? String(points[0]![k]) : `x${k}`));
      return made(f.name, () =>
        exportedOf(`${lines.join('\n')}\nminimize Cost = sum(${f.name}(${args.join(', ')}).*x${f.arity - 1})`),
      );
    });

/** The corpus, as far as its sources are scalars. */
export const sources = (): [string, Exported][] =>
  corpus.flatMap((source) =>
    made(source.source, () => {
      const model = modelOf(source);
      if (!model.objective || model.objective.node.shape.length > 0) throw new GradusError('shape', 'no scalar');
      const { sizes, values } = somewhere(model, 1);
      const given = [...model.inputs.values()].map(({ name }) => [name, Float64Array.from(values.get(name)!)] as const);
      const scalars = given.map(([name, data]) => [name, model.inputs.get(name)!.shape.length === 0 ? data[0]! : data] as const);
      return exportedOf(source.source, {
        shapes: source.shapes,
        given: { ...Object.fromEntries(sizes), ...Object.fromEntries(scalars) },
      });
    }),
  );

/** What a source cannot be is not what is tested here. */
function made(name: string, work: () => Exported): [string, Exported][] {
  try {
    return [[name, work()]];
  } catch (error) {
    if (error instanceof GradusError) return [];
    throw error;
  }
}
