import { isBasic } from '../../compile/bodies.ts';
import type { Identifiers } from '../../compile/targets/identifiers.ts';
import type { Dim, Shape } from '../../graph/dimension.ts';
import type { Graph } from '../../graph/graph.ts';
import { isTest, type Linear, solveTests } from '../../graph/linear.ts';
import { type Contraction, isConstant, isView, type Node, type Recurrence, UNIT } from '../../graph/node.ts';
import { isOne, toNumber, ZERO } from '../../graph/rational.ts';
import { outside, topological, valueParts } from '../../graph/traverse.ts';
import { dimensionText, wrapped } from '../c/numbers.ts';
import type { Line } from '../dialect.ts';
import { CELLS, cellOf } from './cells.ts';
import { conditionOf, JsFunctions, numberText } from './functions.ts';
import { refused } from './refused.ts';

/** What the functions of a module share. */
export interface Context {
  readonly graph: Graph;
  readonly functions: JsFunctions;
  /** Tells that the module needs a helper. */
  readonly need: (helper: string) => void;
  readonly size: (name: string) => string;
}

/** Longer expressions are cut into named parts. */
const LONGEST = 80;

const LETTERS = 'ijklpqrsuvwabcdefghmnotxyz';

/** The statements of one function. */
export class Body {
  readonly lines: string[] = [];
  private readonly context: Context;
  private readonly names: Identifiers;
  private readonly known: Map<Node, string>;
  private readonly told: ReadonlyMap<Node, Line>;
  private readonly uses = new Map<Node, number>();
  private readonly lowered = new Map<Node, Node>();
  private parts = 0;

  constructor(context: Context, names: Identifiers, known: ReadonlyMap<Node, string>, told: ReadonlyMap<Node, Line>) {
    this.context = context;
    this.names = names;
    this.known = new Map(known);
    this.told = told;
  }

  /** Statements for all of them; the expressions that their values are. */
  write(roots: readonly Node[]): string[] {
    for (const node of topological(roots, (n) => this.known.has(n), valueParts))
      for (const part of valueParts(node)) this.uses.set(part, (this.uses.get(part) ?? 0) + 1);
    return roots.map((root) => this.value(root));
  }

  private value(root: Node): string {
    for (const node of topological([root], (n) => this.known.has(n), valueParts)) this.consider(node);
    return this.known.get(root) ?? this.whole(root);
  }

  /** Gives a node a name if it has to have one. */
  private consider(node: Node): void {
    if (this.known.has(node) || node.kind === 'variable') return;
    const line = this.told.get(node);
    if (node.kind === 'definition' && this.known.has(node.value)) return void this.known.set(node, this.known.get(node.value)!);
    if (line) return void this.assign(node, line);
    if (node.kind === 'definition') {
      if (node.shape.length > 0 || (this.uses.get(node) ?? 0) > 1) this.assign(node);
      return;
    }
    if (isConstant(node) || (node.kind === 'affine' && node.test && node.shape.length > 0)) return;
    if (node.kind === 'recurrence' || node.kind === 'array') return void this.assign(node);
    if (node.shape.length > 0 && !this.isEntrywise(node)) return void this.assign(node);
    if (node.kind === 'contraction' && !this.isEntrywise(node)) return void this.assign(node);
    const again = (this.uses.get(node) ?? 0) > 1 && !isView(node);
    if (again || this.entry(node, 0, (leaf) => this.leaf(leaf)).length > LONGEST) this.assign(node);
  }

  private assign(node: Node, line?: Line): void {
    const value = node.kind === 'definition' ? node.value : node;
    const text = this.known.get(value) ?? this.whole(value);
    if (line) for (const one of said(line)) this.lines.push(`// ${one}`);
    const wanted = line?.name ?? (node.kind === 'definition' && node.name !== '' ? node.name : `t${++this.parts}`);
    const name = this.names.fresh(wanted.replace(/^[∂d].*\/[∂d]/u, 'd'));
    this.lines.push(`const ${name} = ${text};`);
    this.known.set(node, name);
    if (value.kind !== 'variable') this.known.set(value, name);
  }

  private leaf(node: Node): string {
    return this.known.get(node) ?? this.whole(node);
  }

  /** A node as an expression. */
  private whole(node: Node): string {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    if (node.kind === 'definition') return this.whole(node.value);
    if (node.kind === 'recurrence') return this.scan(node);
    if (node.kind === 'array') return this.cells(node);
    if (node.kind === 'affine' && node.shape.length > 0) return this.affine(node);
    if (node.shape.length > 0 && isConstant(node)) {
      this.context.need('filled');
      return `filled(${this.shape(node.shape)}, ${numberText(toNumber((node as Contraction).coefficient))})`;
    }
    if (!this.isEntrywise(node)) return this.einsum(node as Contraction);
    if (node.shape.length === 0) return this.entry(node, 0, (leaf) => this.leaf(leaf));
    const arrays = new Map<Node, string>();
    const text = this.entry(node, 0, (leaf) => {
      const known = this.leaf(leaf);
      if (leaf.shape.length === 0) return known;
      arrays.set(leaf, known);
      return known;
    });
    this.context.need('map');
    const list = [...new Set(arrays.values())];
    if (list.length === 0) return `map(() => ${text}, ${this.filled(node.shape)})`;
    // What has no name of its own gets one of the function's.
    let body = text;
    const parameters = list.map((array) => {
      if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(array)) return array;
      const own = `a${++this.parts}`;
      body = body.split(array).join(own);
      return own;
    });
    return `map((${parameters.join(', ')}) => ${body}, ${list.join(', ')})`;
  }

  private filled(shape: Shape): string {
    this.context.need('filled');
    return `filled(${this.shape(shape)}, 0)`;
  }

  /** Whether an entry of the node is a formula of entries at the same place, and of numbers. */
  private isEntrywise(node: Node): boolean {
    if (node.kind === 'apply' || node.kind === 'sum' || isConstant(node)) return true;
    if (node.kind === 'affine') return node.shape.length === 0;
    if (node.kind !== 'contraction') return node.kind === 'variable' || node.kind === 'definition';
    const own = node.result.filter((i) => i !== UNIT);
    if (new Set(own).size !== own.length || node.factors.some(isTest)) return false;
    let covered = node.result.length === 0;
    for (const indices of node.indices) {
      if (indices.length === 0) continue;
      if (indices.length !== node.result.length || !indices.every((i, k) => i === node.result[k])) return false;
      covered = true;
    }
    return covered;
  }

  /** One entry as an expression: through formulas down to what has a name. */
  private entry(node: Node, level: number, leaf: (node: Node) => string): string {
    const known = this.known.get(node);
    if (known !== undefined) return leaf(node);
    const put = (text: string, own: number) => (own < level ? `(${text})` : text);
    switch (node.kind) {
      case 'variable':
        if (node.role === 'size') return this.context.size(node.name);
        throw new Error(`${node.name} has no value`);
      case 'definition':
        return this.entry(node.value, level, leaf);
      case 'sum': {
        const [first, ...rest] = node.terms.map((term) => this.entry(term, 1, leaf));
        return put(
          rest.reduce((sum, term) => (term.startsWith('-') ? `${sum} - ${term.slice(1)}` : `${sum} + ${term}`), first!),
          1,
        );
      }
      case 'apply': {
        const lower = this.lower(node);
        if (lower !== node) return this.entry(lower, level, leaf);
        const { operator, args } = node;
        if (operator.name === 'stop_gradient') return this.entry(args[0]!, level, leaf);
        if (operator.name === 'reciprocal') return put(`1 / ${this.entry(args[0]!, 3, leaf)}`, 2);
        if (args.length === 0) return numberText(operator.kernel());
        const relation = /^[<>=!]/.test(operator.name);
        return this.context.functions.call(
          operator,
          args.map((arg) => this.entry(arg, relation ? 1 : 0, leaf)),
          (k) => this.holds(args[k]!, leaf),
        );
      }
      case 'contraction': {
        if (!this.isEntrywise(node)) return leaf(node);
        const coefficient = toNumber(node.coefficient);
        if (node.factors.length === 0) return numberText(coefficient);
        const below: string[] = [];
        const above: string[] = [];
        for (const factor of node.factors) {
          const plain = this.known.has(factor) ? factor : this.lower(factor.kind === 'definition' ? factor.value : factor);
          if (plain.kind === 'apply' && plain.operator.name === 'reciprocal' && !this.known.has(plain))
            below.push(this.entry(plain.args[0]!, 3, leaf));
          else above.push(this.entry(factor, 2, leaf));
        }
        const sign = coefficient < 0 ? '-' : '';
        const size = Math.abs(coefficient);
        if (size !== 1 || above.length === 0) above.unshift(String(size));
        const product = above.join(' * ');
        return put(`${sign}${[product, ...below].join(' / ')}`, sign ? 1.5 : 2);
      }
      case 'affine':
        if (node.shape.length > 0) return leaf(node);
        return put(this.dim(node.offset), 0.5);
      default:
        return leaf(node);
    }
  }

  private holds(node: Node, leaf: (node: Node) => string): string {
    if (node.kind === 'apply' && !this.known.has(node)) {
      const found = conditionOf(
        node.operator,
        node.args.map((arg) => this.entry(arg, 1, leaf)),
        (k) => this.holds(node.args[k]!, leaf),
      );
      if (found !== undefined) return found;
    }
    return `${this.entry(node, 1, leaf)} !== 0`;
  }

  /** The form in which an operator is printed. */
  private lower(node: Node): Node {
    if (node.kind !== 'apply' && node.kind !== 'array') return node;
    const found = this.lowered.get(node);
    if (found) return found;
    const lower = node.operator.lower?.(this.context.graph, ...node.args);
    const form = lower && (node.kind === 'array' || isPlainer(lower) || !JsFunctions.knows(node.operator)) ? lower : node;
    this.lowered.set(node, form);
    return form;
  }

  private dim(dim: Dim): string {
    return dimensionText(dim, this.context.size);
  }

  private shape(shape: Shape): string {
    return `[${shape.map((d) => this.dim(d)).join(', ')}]`;
  }

  private affine(node: Node): string {
    if (node.kind !== 'affine') throw new Error('no index arithmetic');
    const helper = node.test ? 'test' : 'affine';
    this.context.need(helper);
    return `${helper}(${this.shape(node.shape)}, ${this.shape(node.steps)}, ${this.dim(node.offset)})`;
  }

  /** A sum of products; tests of places are solved for the indices that they give. */
  private einsum(node: Contraction): string {
    this.context.need('einsum');
    const { fixed, equations } = solveTests(node, (whole) => whole.find((i) => !node.result.includes(i)));
    const letters = new Map<number, string>();
    const letter = (i: number): string => {
      const known = letters.get(i) ?? LETTERS[letters.size] ?? `i${letters.size}`;
      letters.set(i, known);
      return known;
    };
    // Where an index stands for another, the axis there need not be as long.
    const moved = new Set<number>();
    const linear = ({ constant, scales }: Linear): string => {
      for (const i of scales.keys()) moved.add(i);
      const terms = [...scales].map(([i, scale]) => (scale === 1 ? letter(i) : `${this.hole(scale)}*${letter(i)}`));
      if (constant !== 0 || terms.length === 0) terms.push(this.hole(constant));
      return terms.join('+');
    };
    const alone = new Set<number>();
    const axis = (i: number): string => {
      if (i === UNIT) return '0';
      const value = fixed.get(i);
      if (value) return linear(value);
      alone.add(i);
      return letter(i);
    };
    const right = node.result.map(axis).join(',');
    alone.clear();
    const factors: [string, string][] = [];
    if (!isOne(node.coefficient) || node.factors.length === 0) factors.push(['', numberText(toNumber(node.coefficient))]);
    const carried = new Set<number>();
    node.factors.forEach((factor, k) => {
      if (isTest(factor)) return;
      for (const i of node.indices[k]!) carried.add(i);
      factors.push([node.indices[k]!.map(axis).join(','), this.leaf(factor)]);
    });
    for (const [i, value] of fixed) {
      if (carried.has(i)) continue;
      this.context.need('filled');
      factors.push([linear(value), `filled([${this.dim(node.sizes[i]!)}], 1)`]);
    }
    for (const value of equations) {
      this.context.need('filled');
      factors.push([linear(value), 'filled([1], 1)']);
    }
    const lengths = [...letters].flatMap(([i, name]) =>
      alone.has(i) && !moved.has(i) ? [] : [`${name}: ${this.dim(node.sizes[i]!)}`],
    );
    const text = `${factors.map(([spec]) => spec).join('; ')} -> ${right}`;
    const quote = text.includes('$') ? '`' : "'";
    const list = factors.map(([, factor]) => factor);
    return `einsum(${[`${quote}${text}${quote}`, lengths.length > 0 ? `{ ${lengths.join(', ')} }` : '{}', ...list].join(', ')})`;
  }

  /** A number within the text of a sum. */
  private hole(dim: Dim): string {
    return typeof dim === 'number' ? String(dim) : `\${${this.dim(dim)}}`;
  }

  private cells(node: Node): string {
    if (node.kind !== 'array') throw new Error('no array function');
    const { operator, args } = node;
    const writer = cellOf(operator.name);
    if (writer === undefined) {
      const lower = this.lower(node);
      if (lower !== node) return this.value(lower);
      throw refused(operator.name);
    }
    this.context.need('cells');
    this.context.need(writer);
    const cell = CELLS[writer]!;
    // A triangle ends at the diagonal itself, where nobody says.
    const given = operator.parameters ?? (cell.name.endsWith('Triangle') ? [ZERO] : []);
    const own = given.map((p) => numberText(toNumber(p)));
    const f = own.length > 0 ? `(...cell) => ${cell.name}(${own.join(', ')}, ...cell)` : cell.name;
    return `cells(${[f, `[${operator.cells.join(', ')}]`, this.shape(node.shape), ...args.map((a) => this.leaf(a))].join(', ')})`;
  }

  /** A loop over time. */
  private scan(node: Recurrence): string {
    this.context.need('scan');
    const { axis, backward } = node;
    const body = node.body();
    for (const source of outside(node)) {
      if (this.known.has(source) || source.kind === 'variable' || isConstant(source) || isTest(source)) continue;
      this.value(source);
      if (!this.known.has(source)) this.assign(source);
    }
    const start = this.leaf(node.init);
    const previous = this.names.fresh(body.previous.name.includes(' ') ? 'before' : `${body.previous.name}_before`);
    const t = this.names.fresh('t');
    const inner = new Body(this.context, this.names, this.known, new Map());
    inner.parts = this.parts;
    inner.known.set(body.previous, previous);
    for (const { variable, source, axis: at } of body.slices) {
      this.context.need('entry');
      const stem = this.known.get(source);
      const name = this.names.fresh(stem ? `${stem}_t` : 'now');
      inner.lines.push(`const ${name} = entry(${this.leaf(source)}, ${at}, ${t});`);
      inner.known.set(variable, name);
    }
    const [value] = inner.write([body.value]);
    this.parts = inner.parts;
    return [
      `scan(${start}, ${this.dim(node.shape[axis]!)}, ${axis}, ${backward}, (${previous}, ${t}) => {`,
      ...inner.lines.map((line) => `  ${line}`),
      `  return ${value};`,
      '})',
    ].join('\n');
  }
}

/** Whether a form is one of arithmetic, or of what JavaScript has. */
const isPlainer = (node: Node): boolean => node.kind !== 'apply' || node.operator.name === 'reciprocal' || isBasic(node.operator);

const WIDTH = 90;

/** A formula, and why it holds. */
function said({ formula, reason }: Line): string[] {
  return [
    ...(formula === '' ? [] : wrapped(formula.split(' '), '', WIDTH, '  ')),
    ...(reason ? wrapped(`(${reason})`.split(' '), '  ', WIDTH) : []),
  ];
}
