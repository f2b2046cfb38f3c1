import { type Arithmetic, evaluate, type Values } from '../../compile/index.ts';
import { type Sizes, sizeOf } from '../../graph/dimension.ts';
import type { Variable } from '../../graph/node.ts';
import type { Model, NumericArray } from '../../model/model.ts';
import type { Draw } from '../../numeric/random.ts';
import { isDeclaredNonnegative, someFact } from '../../operators/declared.ts';
import { alongLines, type Fact } from '../../operators/facts.ts';
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
    let data = Array.from({ length: count }, () => this.entry(facts));
    for (const fact of facts) data = this.within(fact, data, shape);
    return { shape, data };
  }

  private entry(facts: readonly Fact[]): Residue {
    if (someFact(facts, (f) => f.whole)) return this.f.fromNumber(1 + Math.floor(this.draw.uniform(0, LARGEST_INT)));
    const sign = isDeclaredNonnegative(facts) || this.draw.uniform() >= this.negative ? 1 : -1;
    return this.f.sample(sign);
  }

  /** The numbers with a fact: of those along an axis the last is what is missing to 1, or one is 1 and the others 0. */
  private within({ record, axis }: Fact, drawn: Residue[], shape: readonly number[]): Residue[] {
    const { f } = this;
    if (record.symmetric) return mirrored(drawn, shape);
    if (!record.sums) return drawn;
    const data = record.idempotent ? drawn.map(() => f.zero) : drawn;
    alongLines(shape, axis, (from, step, count) => {
      if (record.idempotent) {
        data[from + step * Math.floor(this.draw.uniform(0, count))] = f.one;
        return;
      }
      const last = from + step * (count - 1);
      let rest = f.one;
      for (let at = from; at < last; at += step) rest = f.add(rest, f.multiply(f.fromNumber(-1), data[at]!));
      data[last] = rest;
    });
    return data;
  }
}

function mirrored(data: Residue[], [n]: readonly number[]): Residue[] {
  return data.map((x, at) => (at % n! < Math.floor(at / n!) ? data[(at % n!) * n! + Math.floor(at / n!)]! : x));
}
