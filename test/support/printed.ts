import { adjointNames } from '../../src/derivation/names.ts';
import { elaborate, elaborateWithin } from '../../src/elaborate/elaborate.ts';
import { dimensionNames } from '../../src/graph/dimension.ts';
import type { Node } from '../../src/graph/node.ts';
import { topological } from '../../src/graph/traverse.ts';
import { collect, derive, type Expression, expand, GradusError, hessian, type PublicStep, simplify } from '../../src/index.ts';
import { greekName } from '../../src/language/greek.ts';
import { parse } from '../../src/language/parser.ts';
import type { Model } from '../../src/model/model.ts';
import { Judge } from '../../src/verify/judge/index.ts';
import type { Source } from './corpus.ts';

/** An expression that the program printed, and the names that its text may use beside those of the source. */
interface Printed {
  readonly what: string;
  readonly expression: Expression;
  readonly model: Model;
  readonly more?: ReadonlyMap<string, Node>;
}

const flat = (steps: readonly PublicStep[]): PublicStep[] => steps.flatMap((s) => [s, ...flat(s.substeps ?? [])]);

/** Larger arrays of second derivatives tell nothing that smaller ones do not. */
const MOST_AXES = 4;

/** What is refused with a reason is not printed. */
function unless<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof GradusError && (error.code === 'unsupported' || error.code === 'shape')) return undefined;
    throw error;
  }
}

/** Everything that is printed of a source: derivatives, steps, second derivatives, simplified, multiplied out, collected. */
export function printedOf({ source, wrt, shapes }: Source): Printed[] {
  const derivation = derive(source, wrt.length > 0 ? wrt : undefined, { shapes });
  const { model } = derivation;
  const printed: Printed[] = derivation.wrt.map((name) => ({
    what: `∂/∂${name}`,
    expression: derivation.partials[name]!,
    model,
  }));
  const steps = flat(derivation.steps);
  const more = adjointNames(
    model,
    [...steps.flatMap(({ before, after }) => [before, after]), ...Object.values(derivation.partials)].map((e) => e.node),
  );
  for (const { target, before, after, result } of steps)
    for (const [side, expression] of Object.entries({ before, after, result }))
      if (expression) printed.push({ what: `${target}, ${side}`, expression, model, more });
  const own = elaborate(parse(source), { shapes });
  const add = (what: string, expression: Expression | undefined): void => {
    if (expression) printed.push({ what, expression, model: own });
  };
  add('simplified', simplify(source, { shapes }));
  add(
    'multiplied out',
    unless(() => expand(source, { shapes })),
  );
  for (const { name, shape } of own.inputs.values())
    if (shape.length === 0 && derivation.wrt.includes(name))
      add(
        `collected by ${name}`,
        unless(() => collect(source, name, { shapes })),
      );
  for (const name of derivation.wrt) {
    const axes = own.inputs.get(name)!.shape.length;
    if (own.objective?.node.shape.length === 0 && 2 * axes <= MOST_AXES)
      add(
        `∂²/∂${name}²`,
        unless(() => hessian(source, name, { shapes })),
      );
  }
  return printed;
}

/** The texts of an expression: matrix notation and indices, ASCII and Unicode. */
const textsOf = (expression: Expression): string[] => [
  ...new Set(NOTATIONS.flatMap((notation) => [expression.toString(notation), expression.toUnicode(notation)])),
];

const NOTATIONS = ['matrix', 'index'] as const;

const declares = (model: Model): boolean =>
  model.unknowns.size > 0 || [...model.inputs.values()].some(({ role }) => role !== 'free');

/** A text read as a source of its own: the names that the expression has keep their shapes. */
function alone(text: string, { node }: Expression, shapes: Source['shapes']): Model {
  const names = topological([node]).flatMap((n) => (n.kind === 'variable' && shapes[n.name] ? [n.name] : []));
  const sizes = [...new Set(Object.values(shapes).flatMap((shape) => shape.flatMap(dimensionNames)))];
  const told = sizes.map((size) => [`ν_${size}`, [size]] as const);
  return elaborate(parse(text), {
    shapes: { ...Object.fromEntries(told), ...Object.fromEntries(names.map((name) => [name, shapes[name]!])) },
  });
}

/** λ for lambda: the source knows what is meant, and alone it is a name of its own. */
const isRespelled = (text: string, { node }: Expression): boolean =>
  topological([node]).some((n) => n.kind === 'variable' && greekName(n.name) !== n.name && text.includes(greekName(n.name)));

/** A text that reads, with the node that it was printed for. */
interface Read {
  readonly label: string;
  readonly node: Node;
  readonly back: Model;
  readonly model: Model;
}

/** What is wrong with the texts that a source prints: those that do not read back, or that the judge finds different. */
export function wrongTexts(source: Source): string[] {
  const wrong: string[] = [];
  const found: Read[] = [];
  for (const { what, expression, model, more } of printedOf(source)) {
    for (const text of textsOf(expression)) {
      const ways: [string, () => Model][] = [
        ['within', () => elaborateWithin(model, parse(text, new Set(model.unknowns.keys())), more)],
      ];
      if (!declares(model) && !more && !isRespelled(text, expression))
        ways.push(['alone', () => alone(text, expression, source.shapes)]);
      for (const [how, read] of ways) {
        const label = `${what}, read ${how}: ${text}`;
        try {
          found.push({ label, node: expression.node, back: read(), model });
        } catch (error) {
          wrong.push(`${label}\n    ${error}`);
        }
      }
    }
  }
  return [...wrong, ...differing(found, source)];
}

/** One judge for the texts of each model: they share most of what there is to evaluate. */
function differing(found: readonly Read[], { wrt }: Source): string[] {
  const wrong: string[] = [];
  for (const model of new Set(found.map((read) => read.model))) {
    const own = found.filter((read) => read.model === model);
    const literals = new Map([...model.literals, ...own.flatMap(({ back }) => [...back.literals])]);
    const pairs = own.map(({ back, node }) => [back.objective!.node, node] as const);
    const within = model.objective ? [model.objective.node] : [];
    const verdicts = new Judge({ ...model, literals }, wrt, pairs.flat(), { within }).verdicts(pairs);
    verdicts.forEach((verdict, k) => {
      if (!verdict.right) wrong.push(`${own[k]!.label}\n    ${JSON.stringify(verdict.difference)}`);
    });
  }
  return wrong;
}
