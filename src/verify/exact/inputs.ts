import type { Model } from '../../calculus/check.ts';
import type { Values } from '../../compile/index.ts';
import { type Sizes, sizeOf } from '../../graph/dimension.ts';
import type { Variable } from '../../graph/node.ts';
import type { Draw } from '../../numeric/random.ts';
import type { Field } from './field.ts';
import type { Residue } from './residue.ts';

/** Whole numbers that are drawn for what is declared `int`. */
const LARGEST_INT = 9;

/**
 * Random numbers of the field for a model's names, within the facts that are known of them. Constants, and arrays
 * written in the source, are what they are; data are drawn, since a formula is to hold for all of them.
 * @param negative how often a number is taken for a negative one
 */
export function fieldInputs(
  model: Model,
  f: Field,
  sizes: Sizes,
  draw: Draw,
  negative: number,
): (v: Variable) => Values<Residue> {
  const given = givenNumbers(model);
  const known = new Map<string, Values<Residue>>();
  return (variable) => {
    let values = known.get(variable.name);
    if (!values) {
      const shape = variable.shape.map((dim) => sizeOf(dim, sizes));
      const count = shape.reduce((n, size) => n * size, 1);
      const numbers = given.get(variable.name);
      const facts = variable.facts ?? [];
      const data = Array.from({ length: count }, (_, k) => (numbers ? f.fromNumber(numbers[k]!) : entry(facts)));
      values = { shape, data: facts.includes('symmetric') ? mirrored(data, shape) : data };
      known.set(variable.name, values);
    }
    return values;
  };

  function entry(facts: readonly string[]): Residue {
    if (facts.includes('int')) return f.fromNumber(1 + Math.floor(draw.uniform(0, LARGEST_INT)));
    return f.sample(facts.includes('positive') || draw.uniform() >= negative ? 1 : -1);
  }
}

function givenNumbers(model: Model): Map<string, readonly number[]> {
  const given = new Map<string, readonly number[]>();
  for (const [node, { data }] of model.literals) if (node.kind === 'variable') given.set(node.name, data);
  for (const { name, role, initial } of model.inputs.values())
    if (role === 'const' && initial?.kind === 'array') given.set(name, initial.array.data);
  return given;
}

function mirrored(data: Residue[], [n]: readonly number[]): Residue[] {
  return data.map((x, at) => (at % n! < Math.floor(at / n!) ? data[(at % n!) * n! + Math.floor(at / n!)]! : x));
}
