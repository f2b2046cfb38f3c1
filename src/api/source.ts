import { optionDim } from '../elaborate/dimensions.ts';
import { elaborate } from '../elaborate/elaborate.ts';
import { idleShape } from '../elaborate/written.ts';
import { sameShape, showShape } from '../graph/dimension.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError, warningsTold } from '../language/diagnostics.ts';
import { byName, givenName } from '../language/names.ts';
import { parse } from '../language/parser.ts';
import { speechOf } from '../language/speech.ts';
import type { CheckOptions, Model } from '../model/model.ts';
import { checkArguments } from '../options/check.ts';
import type { Signature } from '../options/signatures.ts';
import { freeInput } from './absent.ts';
import { Expression } from './expression.ts';

/** What is derived, compiled, simplified: a text, an expression that was found, or a node of mathjs. */
export type Source = string | Expression | MathNode;

/** As much of mathjs's nodes as is used here: they write themselves. */
export interface MathNode {
  readonly isNode: true;
  toString(): string;
}

/** Names that a source is derived by, if the caller says which. */
type Asked = string | readonly string[];

/**
 * The checked model of a source, of which the derivatives by some names may be asked for. An expression that was found keeps its names with their shapes, facts and values.
 * @throws GradusError `argument` for what is no source, and as `check` for one that is wrong
 */
export function modelOf(signature: Signature, source: Source, options: CheckOptions = {}, asked: Asked = []): Model {
  const model = checkedModel(signature, source, options, [asked].flat());
  const { lang = model.lang } = options;
  if (lang === model.lang) return model;
  return { ...model, lang, warnings: warningsTold(model.warnings, speechOf(lang)) };
}

function checkedModel(signature: Signature, source: Source, options: CheckOptions, asked: readonly string[]): Model {
  checkArguments(signature, source);
  if (!(source instanceof Expression)) return elaborate(parse(String(source), undefined, options.shapes), options, asked);
  const { model } = source;
  if (model) return withOptions(model, options, asked);
  // A side of a step has names alone; what they stand for is written in it.
  const shapes = topological([source.node]).flatMap((node) =>
    node.kind === 'variable' && node.role !== 'size' && node.role !== 'state' ? [[node.name, node.shape] as const] : [],
  );
  const own = Object.fromEntries(shapes);
  const names = [...asked, ...Object.keys(own)];
  return elaborate(parse(source.toString()), { ...options, shapes: { ...own, ...options.shapes } }, names);
}

/** A model has its shapes: the same ones may be said again, and those of names that it is derived by be added. */
function withOptions(
  model: Model,
  { shapes = {}, maxEntries = model.maxEntries }: CheckOptions,
  asked: readonly string[],
): Model {
  const inputs = new Map(model.inputs);
  const names = asked.map(givenName);
  const scalars = [...inputs.values()]
    .filter(({ role, shape }) => role === 'free' && shape.length === 0)
    .map((input) => input.name);
  const warnings = [...model.warnings];
  for (const [name, lengths] of Object.entries(byName(shapes))) {
    const shape = lengths.map(optionDim);
    const known = inputs.get(name);
    if (known && !sameShape(known.shape, shape))
      throw new GradusError('shape', `${name} is ${showShape(known.shape)} in the expression, not ${showShape(shape)}`);
    if (!known && !names.includes(name)) warnings.push(idleShape({ name, shape }, scalars));
    if (!known) inputs.set(name, freeInput(model, name, shape));
  }
  return { ...model, inputs, maxEntries, warnings };
}
