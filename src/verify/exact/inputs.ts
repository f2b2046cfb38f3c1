import type { Model } from '../../calculus/check.ts';
import type { NumericArray } from '../../calculus/scope.ts';
import { type Arithmetic, evaluate, type Values } from '../../compile/index.ts';
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
 */
export class FieldInputs {
  private readonly model: Model;
  private readonly f: Field;
  private readonly sizes: Sizes;
  private readonly draw: Draw;
  private readonly negative: number;
  private readonly arithmetic: Arithmetic<Residue>;
  private readonly known = new Map<string, Values<Residue>>();

  /** @param negative how often a number is taken for a negative one */
  constructor(model: Model, f: Field, sizes: Sizes, draw: Draw, negative: number, arithmetic: Arithmetic<Residue>) {
    this.model = model;
    this.f = f;
    this.sizes = sizes;
    this.draw = draw;
    this.negative = negative;
    this.arithmetic = arithmetic;
    for (const [node, array] of model.literals) if (node.kind === 'variable') this.known.set(node.name, this.numbers(array));
  }

  of = (variable: Variable): Values<Residue> => {
    let values = this.known.get(variable.name);
    if (!values) {
      values = this.made(variable);
      this.known.set(variable.name, values);
    }
    return values;
  };

  private numbers({ shape, data }: NumericArray): Values<Residue> {
    return { shape, data: data.map((x) => this.f.fromNumber(x)) };
  }

  private made({ name, shape: dims }: Variable): Values<Residue> {
    const input = this.model.inputs.get(name);
    const shape = dims.map((dim) => sizeOf(dim, this.sizes));
    const count = shape.reduce((n, size) => n * size, 1);
    const { role, initial, facts = [] } = input ?? {};
    if (role === 'const' && initial?.kind === 'array') return { ...this.numbers(initial.array), shape };
    if (role === 'const' && initial?.kind === 'expression') {
      const [value] = evaluate([initial.node], this.of, this.sizes, this.arithmetic);
      return { shape, data: Array.from({ length: count }, (_, k) => value!.data[k] ?? value!.data[0]!) };
    }
    const data = Array.from({ length: count }, () => this.entry(facts));
    return { shape, data: facts.includes('symmetric') ? mirrored(data, shape) : data };
  }

  private entry(facts: readonly string[]): Residue {
    if (facts.includes('int')) return this.f.fromNumber(1 + Math.floor(this.draw.uniform(0, LARGEST_INT)));
    return this.f.sample(facts.includes('positive') || this.draw.uniform() >= this.negative ? 1 : -1);
  }
}

function mirrored(data: Residue[], [n]: readonly number[]): Residue[] {
  return data.map((x, at) => (at % n! < Math.floor(at / n!) ? data[(at % n!) * n! + Math.floor(at / n!)]! : x));
}
