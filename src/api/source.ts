import { optionDim } from '../elaborate/dimensions.ts';
import { elaborate } from '../elaborate/elaborate.ts';
import { sameShape, showShape } from '../graph/dimension.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError, warningsTold } from '../language/diagnostics.ts';
import { byName } from '../language/names.ts';
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

/**
 * The checked model of a source. An expression that was found keeps its names with their shapes, facts and values.
 * @throws GradusError `argument` for what is no source, and as `check` for one that is wrong
 */
export function modelOf(signature: Signature, source: Source, options: CheckOptions = {}): Model {
  const model = checkedModel(signature, source, options);
  const { lang = model.lang } = options;
  if (lang === model.lang) return model;
  return { ...model, lang, warnings: warningsTold(model.warnings, speechOf(lang)) };
}

function checkedModel(signature: Signature, source: Source, options: CheckOptions): Model {
  checkArguments(signature, source);
  if (!(source instanceof Expression)) return elaborate(parse(String(source)), options);
  const { model } = source;
  if (model) return withOptions(model, options);
  // A side of a step has names alone; what they stand for is written in it.
  const shapes = topological([source.node]).flatMap((node) =>
    node.kind === 'variable' && node.role !== 'size' && node.role !== 'state' ? [[node.name, node.shape] as const] : [],
  );
  return elaborate(parse(source.toString()), { ...options, shapes: { ...Object.fromEntries(shapes), ...options.shapes } });
}

/** A model has its shapes: those of other names may be added, and the same ones said again. */
function withOptions(model: Model, { shapes = {}, maxEntries = model.maxEntries }: CheckOptions): Model {
  const inputs = new Map(model.inputs);
  for (const [name, lengths] of Object.entries(byName(shapes))) {
    const shape = lengths.map(optionDim);
    const known = inputs.get(name);
    if (known && !sameShape(known.shape, shape))
      throw new GradusError('shape', `${name} is ${showShape(known.shape)} in the expression, not ${showShape(shape)}`);
    if (!known) inputs.set(name, freeInput(model, name, shape));
  }
  return { ...model, inputs, maxEntries };
}
