import type { Dim, Shape } from '../../graph/dimension.ts';
import { constantOf } from '../../graph/forms.ts';
import {
  type Apply,
  type ArrayApply,
  type Contraction,
  distinct,
  isConstant,
  isView,
  type Node,
  type Sum,
  UNIT,
} from '../../graph/node.ts';
import { isNegative, isOne, toNumber } from '../../graph/rational.ts';
import { GradusError } from '../../language/diagnostics.ts';
import { at, atom, binary, type Code, chosen, host, inverted, LEVEL, negated, raisedTo, stretched } from './code.ts';
import { type Convolution, convolutionOf, convolutionText } from './convolution.ts';
import { dimCode } from './dims.ts';
import { toldText } from './families.ts';
import { conditions } from './functions.ts';
import type { PythonLibrary } from './language.ts';
import { aboveAndBelow, pythonNumber } from './numbers.ts';
import { filledIn } from './patterns.ts';
import { operandOf, Places, type Test } from './places.ts';
import { aligned, components, contracted, entrywise, type Operand, tuple } from './product.ts';

/** What a printer asks of the program that its expressions stand in. */
interface Surroundings {
  readonly library: PythonLibrary;
  /** The name of a node that the program has computed, or has been given. */
  readonly nameOf: (node: Node) => string | undefined;
  /** Whether what the name stands for is a condition, not a number. */
  readonly isTruth: (node: Node) => boolean;
  readonly sizeName: (size: string) => string;
  /** A function of ours that the program must have. */
  readonly need: (helper: string) => void;
  /** The name of a list of numbers that the program must have. */
  readonly list: (numbers: readonly number[]) => string;
  /** The operator as simpler ones, if it has none of the library's. */
  readonly simpler: (node: Apply | ArrayApply) => Node | undefined;
}

/** Nodes as expressions of Python. */
export class Printer {
  private readonly to: Surroundings;
  private readonly places: Places;

  constructor(to: Surroundings) {
    this.to = to;
    this.places = new Places(to.library, (d) => this.dim(d), to.need);
  }

  print(node: Node): Code {
    const name = this.to.nameOf(node);
    if (name !== undefined) return atom(this.to.isTruth(node) ? this.to.library.number(name) : name, node.shape);
    switch (node.kind) {
      case 'variable':
        if (node.role === 'size') return host(this.to.sizeName(node.name));
        throw new Error(`${node.name} has no name in the program`);
      case 'definition':
        return this.print(node.value);
      case 'recurrence':
        throw new Error('recurrences are loops here');
      case 'sum':
        return this.sum(node);
      case 'contraction':
        return this.contraction(node);
      case 'apply':
        return this.apply(node);
      case 'array':
        return this.array(node);
      case 'affine':
        return this.places.affine(node);
    }
  }

  /** With all axes at their length. */
  whole(node: Node): Code {
    return this.filled(this.print(node), node.shape);
  }

  filled(code: Code, shape: Shape): Code {
    if (code.shape.length === shape.length && code.shape.every((d, k) => d === shape[k])) return code;
    const { library } = this.to;
    if (code.host) {
      const fill = code.text === '0' ? `zeros(${this.shapeText(shape)}` : `full(${this.shapeText(shape)}, ${code.text}`;
      return shape.length === 0 ? atom(this.array0(code), []) : atom(`${library.prefix}${fill}, dtype=DTYPE)`, shape);
    }
    const array = code.text;
    return atom(this.to.library.broadcast(array, this.shapeText(shape)), shape);
  }

  shapeText(shape: Shape): string {
    return tuple(shape.map((d) => this.dim(d).text));
  }

  dim(d: Dim): Code {
    return dimCode(d, this.to.sizeName);
  }

  private array0(code: Code): string {
    return this.to.library.array(code.text);
  }

  private sum({ terms }: Sum): Code {
    const signed = terms.map((term) => this.signed(term));
    // What is added comes first: a − b reads better than −b + a.
    const first = signed.findIndex(([negative]) => !negative);
    const order = first > 0 ? [signed[first]!, ...signed.filter((_, k) => k !== first)] : signed;
    return order.reduce<Code | undefined>((left, [negative, code]) => {
      if (!left) return negative ? negated(code) : code;
      return binary(negative ? '-' : '+', left, code);
    }, undefined)!;
  }

  /** A term without its sign. */
  private signed(term: Node): [negative: boolean, code: Code] {
    if (term.kind === 'contraction' && isNegative(term.coefficient) && this.to.nameOf(term) === undefined)
      return [true, this.contraction(term, true)];
    return [false, this.print(term)];
  }

  private contraction(given: Contraction, withoutSign = false): Code {
    const node = this.flattened(given);
    const { library } = this.to;
    const negative = isNegative(node.coefficient) && !withoutSign;
    const [above, below] = aboveAndBelow(node.coefficient.abs());
    if (isConstant(node)) return this.constant(node, withoutSign);
    const convolution = this.convolution(node);
    if (convolution) return this.convolved(node, convolution, withoutSign);
    const sizes = [...node.sizes];
    // A diagonal: the index that stands twice in the result is told by a unit matrix.
    const eyes: Operand[] = [];
    const result = node.result.map((i, axis) => {
      if (i === UNIT || node.result.indexOf(i) === axis) return i;
      const other = sizes.length;
      const size = sizes[i]!;
      sizes.push(size);
      eyes.push({ code: atom(`${library.prefix}eye(${this.dim(size).text}, dtype=DTYPE)`, [size, size]), indices: [i, other] });
      return other;
    });
    const kept = new Set(result.filter((i) => i !== UNIT));
    const scalars: Code[] = above === '1' ? [] : [host(above)];
    const divisors: Code[] = below === '1' ? [] : [host(below)];
    const operands: Operand[] = [...eyes];
    const divided: Operand[] = [];
    const tests: Test[] = [];
    node.factors.forEach((factor, k) => {
      if (factor.kind === 'affine' && factor.test && this.to.nameOf(factor) === undefined) {
        tests.push({ affine: factor, indices: node.indices[k]! });
        return;
      }
      const inverse = this.inverse(factor);
      const own = node.indices[k]!;
      const code = this.print(inverse ?? factor);
      const operand = operandOf(code, own);
      const isEntry = operand.indices.every((i) => i === UNIT || kept.has(i));
      const plain = new Set(operand.indices.filter((i) => i !== UNIT)).size === operand.indices.filter((i) => i !== UNIT).length;
      if (operand.indices.length === 0) (inverse ? divisors : scalars).push(code);
      else if (inverse && isEntry && plain) divided.push(operand);
      else operands.push(inverse ? operandOf(this.print(factor), own) : operand);
    });
    const taken = this.places.gather(operands, tests, kept, sizes);
    // An index that is summed and that no operand has any more, because its values are the same along it.
    const had = new Set([...operands, ...divided].flatMap((o) => o.indices));
    sizes.forEach((size, i) => {
      if (!kept.has(i) && !had.has(i) && !taken.has(i)) scalars.push(this.dim(size));
    });
    const context = { library, sizes };
    const parts = components(operands, kept).map((part) => contracted(part, kept, result, context));
    const product = parts.length > 0 ? entrywise(parts, result, library) : undefined;
    let code = product ? aligned(product, result, library).code : undefined;
    const front = scalars.reduce<Code | undefined>((a, b) => (a ? binary('*', a, b) : b), undefined);
    if (front) code = code ? binary('*', front, code) : front;
    const over = [...divisors, ...divided.map((o) => aligned(o, result, library).code)];
    const denominator = over.reduce<Code | undefined>((a, b) => (a ? binary('*', a, b) : b), undefined);
    if (denominator) code = code ? binary('/', code, denominator) : inverted(denominator);
    code ??= host('1');
    if (code.shape.length < result.length && code.shape.length > 0 && !this.trailing(code, node.shape))
      code = this.filled(code, node.shape);
    return negative ? negated(code) : code;
  }

  /** What the library has for sums over places that move along each other, if that is one. */
  convolution(node: Node): Convolution | undefined {
    if (!this.to.library.convolves || node.kind !== 'contraction') return undefined;
    return convolutionOf(this.flattened(node), (part) => this.to.nameOf(part) !== undefined);
  }

  private convolved(node: Contraction, convolution: Convolution, withoutSign: boolean): Code {
    const text = convolutionText(convolution, {
      result: node.result,
      print: ({ nodes, each, indices }, isWhole) => {
        const operands = nodes.map((part, k) => ({ code: this.whole(part), indices: each[k]! }));
        return at(entrywise(operands, indices, this.to.library).code, isWhole ? LEVEL.lowest : LEVEL.atom);
      },
      dim: (d) => this.dim(d).text,
    });
    const [above, below] = aboveAndBelow(node.coefficient.abs());
    let code: Code = atom(text, node.shape);
    for (const scalar of convolution.scalars) code = binary('*', this.print(scalar), code);
    if (above !== '1') code = binary('*', host(above), code);
    if (below !== '1') code = binary('/', code, host(below));
    return isNegative(node.coefficient) && !withoutSign ? negated(code) : code;
  }

  /** Products of scalars within it, as its own factors. */
  private flattened(node: Contraction): Contraction {
    const inner = (f: Node): f is Contraction =>
      f.kind === 'contraction' && f.sizes.length === 0 && f.shape.length === 0 && this.to.nameOf(f) === undefined;
    if (!node.factors.some(inner)) return node;
    let { coefficient } = node;
    const factors: Node[] = [];
    const indices: (readonly number[])[] = [];
    node.factors.forEach((factor, k) => {
      if (!inner(factor)) {
        factors.push(factor);
        indices.push(node.indices[k]!);
        return;
      }
      coefficient = coefficient.mul(factor.coefficient);
      for (const part of factor.factors) {
        factors.push(part);
        indices.push([]);
      }
    });
    return this.flattened({ ...node, coefficient, factors, indices });
  }

  /** Whether a shorter array lies along the last axes. */
  private trailing(code: Code, shape: Shape): boolean {
    return code.shape.every((d, k) => d === 1 || d === shape[shape.length - code.shape.length + k]);
  }

  private constant({ coefficient }: Contraction, withoutSign: boolean): Code {
    const q = withoutSign ? coefficient.abs() : coefficient;
    const [above, below] = aboveAndBelow(q.abs());
    const plain = below === '1' ? host(above) : host(`${above} / ${below}`, LEVEL.multiply);
    return isNegative(q) ? { ...plain, text: `-${plain.text}`, level: below === '1' ? LEVEL.sign : LEVEL.multiply } : plain;
  }

  /** u where the node is 1/u. */
  private inverse(node: Node): Node | undefined {
    if (node.kind !== 'apply' || this.to.nameOf(node) !== undefined) return undefined;
    if (node.operator.name === 'reciprocal') return node.args[0];
    if (node.operator.name !== 'pow') return undefined;
    const p = constantOf(node.args[1]!);
    return p && isOne(p.neg()) ? node.args[0] : undefined;
  }

  private apply(node: Apply): Code {
    const { name } = node.operator;
    if (name === 'pow') return this.power(node);
    if (name === 'reciprocal') return inverted(this.print(node.args[0]!));
    const constants = node.args.map((a) => constantOf(a));
    if (constants.every((c) => c !== undefined)) {
      const value = node.operator.kernel(...constants.map((c) => toNumber(c!)));
      return host(pythonNumber(value), value < 0 ? LEVEL.sign : LEVEL.atom);
    }
    if (isCondition(name)) {
      const { text, shape } = this.condition(node);
      return atom(this.to.library.number(text), shape);
    }
    if (name === 'where') {
      const [c, a, b] = [this.condition(node.args[0]!), this.argument(node.args[1]!), this.argument(node.args[2]!)];
      return chosen(this.to.library, c, a, b);
    }
    const { family } = node.operator;
    const pattern = this.patternOf(name) ?? (family && this.patternOf(family.name));
    if (pattern === undefined) return this.otherwise(node);
    const codes = node.args.map((a) => this.argument(a, node.args.length === 1));
    const shape = stretched(codes.map((c) => c.shape));
    if (codes.length > 2 && (name === 'max' || name === 'min'))
      return codes.reduce((a, b) => this.call(pattern, [a, b], stretched([a.shape, b.shape])));
    return this.call(pattern, codes, shape, { told: family ? toldText(family.told, this.to.list) : '' });
  }

  private patternOf(name: string): string | undefined {
    const { missing, functions } = this.to.library;
    return missing.has(name) || !Object.hasOwn(functions, name) ? undefined : functions[name];
  }

  /** An argument of a function, which may not be able to take a number of Python's own. */
  private argument(node: Node, alone = false): Code {
    const code = this.print(node);
    return code.host && (this.to.library.strict || alone) ? atom(this.array0(code), []) : code;
  }

  private call(pattern: string, codes: readonly Code[], shape: Shape, more: Readonly<Record<string, string>> = {}): Code {
    for (const [, word] of pattern.matchAll(/(?<![.\w])([a-z_]\w*)/g)) this.to.need(word!);
    return pattern === '{0}' ? codes[0]! : atom(filledIn(pattern, codes, more), shape);
  }

  /** Of 1 and 0 what is true and false. */
  condition(node: Node): Code {
    const known = this.to.nameOf(node);
    if (known !== undefined && this.to.isTruth(node)) return atom(known, node.shape);
    if (node.kind === 'apply' && this.to.nameOf(node) === undefined) {
      const { name } = node.operator;
      const pattern = conditions[name];
      if (pattern) {
        const codes = node.args.map((a) => this.print(a));
        const text = pattern.replace(/\{(\d)\}/g, (_, k: string) => at(codes[Number(k)]!, LEVEL.compare + 1));
        const shape = stretched(codes.map((c) => c.shape));
        if (codes.every((c) => c.host)) return atom(this.array0({ text, level: 0, shape: [] }).replace('DTYPE', 'bool'), []);
        return { text, level: LEVEL.compare, shape };
      }
      if (name === 'and' || name === 'or') {
        const [a, b] = node.args.map((x) => this.condition(x)) as [Code, Code];
        if (a.text === b.text) return a;
        return {
          text: [a, b].map((c) => at(c, LEVEL.compare + 1)).join(name === 'and' ? ' & ' : ' | '),
          level: LEVEL.compare,
          shape: stretched([a.shape, b.shape]),
        };
      }
      if (name === 'not') {
        const a = this.condition(node.args[0]!);
        return { text: `~${at(a, LEVEL.power)}`, level: LEVEL.sign, shape: a.shape };
      }
    }
    const seen = this.seen(node);
    if (seen) return seen;
    const code = this.argument(node, true);
    return { text: `${at(code, LEVEL.compare + 1)} != 0`, level: LEVEL.compare, shape: code.shape };
  }

  /** A condition that is stretched over other axes, or turned. */
  private seen(node: Node): Code | undefined {
    if (node.kind !== 'contraction' || !isView(node) || !isOne(node.coefficient) || this.to.nameOf(node)) return undefined;
    const [factor] = node.factors;
    const isTold = factor && (this.to.isTruth(factor) || (factor.kind === 'apply' && isCondition(factor.operator.name)));
    if (!isTold || !distinct(node.indices[0]!) || !distinct(node.result)) return undefined;
    return aligned(operandOf(this.condition(factor), node.indices[0]!), node.result, this.to.library).code;
  }

  private power(node: Apply): Code {
    const [base, exponent] = node.args as [Node, Node];
    const p = constantOf(exponent);
    const b = constantOf(base);
    if (p && b) return host(pythonNumber(toNumber(b) ** toNumber(p)));
    const x = this.print(base);
    if (p) {
      const size = p.abs();
      const one = size.equals(1);
      const root = size.equals('1/2');
      const [above, below] = aboveAndBelow(size);
      const exponentText = below === '1' ? above : `(${above} / ${below})`;
      const positive: Code = one
        ? x
        : root
          ? atom(`${this.to.library.prefix}sqrt(${x.host ? this.array0(x) : x.text})`, x.shape)
          : {
              text: raisedTo(at(x, LEVEL.atom), exponentText),
              level: LEVEL.power,
              shape: x.shape,
              ...(x.host && { host: true as const }),
            };
      return isNegative(p) ? inverted(positive) : positive;
    }
    const y = this.print(exponent);
    const left = x.host && y.host ? this.array0(x) : at(x, LEVEL.atom);
    return { text: raisedTo(left, at(y, LEVEL.atom)), level: LEVEL.power, shape: stretched([x.shape, y.shape]) };
  }

  private array(node: ArrayApply): Code {
    const { library } = this.to;
    const { name, cells, parameters = [] } = node.operator;
    const pattern = library.missing.has(name) ? undefined : library.arrays[name];
    if (pattern === undefined) return this.otherwise(node);
    // Cells are whole; the axes in front may stretch only where one argument has them all.
    const codes = node.args.map((a) => this.whole(a));
    const [rank = 0] = cells;
    const axes = Array.from({ length: rank }, (_, k) => k - rank);
    const p = parameters[0] ? String(toNumber(parameters[0])) : '0';
    return this.call(pattern, codes, node.shape, { axis: rank === 1 ? '-1' : tuple(axes), p });
  }

  /** In terms of simpler operators. @throws GradusError `unsupported` by the name that the user knows */
  private otherwise(node: Apply | ArrayApply): Code {
    const { name, internal } = node.operator;
    const simpler = this.to.simpler(node);
    if (!simpler || simpler === node) throw this.unsupported(name);
    try {
      return this.print(simpler);
    } catch (error) {
      throw error instanceof GradusError && error.code === 'unsupported' && !internal ? this.unsupported(name) : error;
    }
  }

  private unsupported(name: string): GradusError {
    return new GradusError('unsupported', `${name} cannot be written in ${this.to.library.name}`, {
      hint: 'write it with other functions, or export to another language',
    });
  }
}

export const isCondition = (name: string): boolean =>
  Object.hasOwn(conditions, name) || name === 'and' || name === 'or' || name === 'not';
