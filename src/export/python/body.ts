import type { Identifiers } from '../../compile/targets/identifiers.ts';
import type { Graph } from '../../graph/graph.ts';
import { type Apply, type ArrayApply, isConstant, isView, type Node, type Recurrence } from '../../graph/node.ts';
import { outside, topological, useCounts, valueParts } from '../../graph/traverse.ts';
import type { Line } from '../dialect.ts';
import { comment } from './comments.ts';
import type { PythonLibrary } from './language.ts';
import { isCondition, Printer } from './printer.ts';

/** Longer expressions are cut into named parts. */
const LONGEST = 64;

/** What all functions of a program share. */
export interface ProgramContext {
  readonly library: PythonLibrary;
  readonly graph: Graph;
  /** Parameters, data and constants, by their nodes. */
  readonly given: ReadonlyMap<Node, string>;
  readonly sizeName: (size: string) => string;
  readonly need: (helper: string) => void;
  readonly names: () => Identifiers;
}

/** The statements of one function: named quantities under their formulas, and parts that are used again. */
export class Body {
  readonly lines: string[] = [];
  private indent = '    ';
  private readonly named: Map<Node, string>;
  private names: Identifiers;
  private readonly printer: Printer;
  private readonly context: ProgramContext;
  private readonly simple = new Map<Node, Node | undefined>();
  private readonly told: ReadonlyMap<Node, Line>;
  private readonly truths = new Set<Node>();
  private readonly uses = new Map<Node, number>();

  constructor(context: ProgramContext, told: readonly Line[]) {
    this.context = context;
    this.named = new Map(context.given);
    this.names = context.names();
    // What is met before its name is told by its name all the same.
    const values = told.flatMap((line) =>
      line.node.kind === 'definition' && line.node.value.kind !== 'variable' ? [[line.node.value, line] as const] : [],
    );
    this.told = new Map([...values, ...told.map((line) => [line.node, line] as const)]);
    this.printer = new Printer({
      library: context.library,
      nameOf: (node) => this.named.get(node),
      isTruth: (node) => this.truths.has(node),
      sizeName: context.sizeName,
      need: context.need,
      recurrence: (node) => this.recurrence(node),
      simpler: (node) => this.simpler(node),
    });
  }

  /** Writes all lines, and what they need before them; the names of what was written. */
  write(lines: readonly Line[]): string[] {
    const roots = lines.map((line) => line.node);
    const order = topological(roots, undefined, valueParts);
    for (const node of order) for (const part of valueParts(node)) this.uses.set(part, (this.uses.get(part) ?? 0) + 1);
    return lines.map((line) => {
      this.compute(line.node);
      const known = this.named.get(line.node);
      if (known !== undefined && this.written.has(line)) return known;
      return this.tell(line, line.node);
    });
  }

  private readonly written = new Set<Line>();

  /** A quantity with a name, and everything below it that has one or is used again. */
  private compute(root: Node): void {
    const order = topological([root], (n) => this.named.has(n), valueParts);
    for (const node of order) {
      if (this.named.has(node)) continue;
      const line = this.told.get(node);
      if (line && node !== root && line.node !== root) this.tell(line, line.node);
      else if (line) continue;
      else if (node.kind === 'definition' && node !== root) {
        // Another name for what has one already.
        const value = this.named.get(node.value);
        if (value !== undefined) this.named.set(node, value);
      } else if (node !== root) this.share(node);
    }
  }

  private tell(line: Line, node: Node): string {
    this.written.add(line);
    const value = node.kind === 'definition' ? node.value : node;
    const code = this.printer.whole(value);
    const name = this.names.fresh(pythonTarget(line.name));
    for (const text of comment(line)) this.push(text);
    this.push(`${name} = ${code.text}`);
    this.named.set(node, name);
    if (value.kind !== 'variable' && !this.named.has(value)) this.named.set(value, name);
    if (value.kind === 'through-time') this.named.set(value.recurrence, name);
    return name;
  }

  /** A part without a name that is used again, or is too long to stand within another. */
  private share(node: Node): void {
    if (node.kind === 'variable' || node.kind === 'through-time' || isConstant(node)) return;
    // Where a test of places stands in a sum, the sum is told by places.
    if (node.kind === 'affine' && node.test) return;
    if (node.kind === 'recurrence') {
      this.printer.print(node);
      return;
    }
    const again = (this.uses.get(node) ?? 0) > 1 && !isView(node) && !isCheap(node);
    if (!again && !(node.kind !== 'affine' && this.printer.print(node).text.length > LONGEST)) return;
    this.assign(node);
  }

  private assign(node: Node): void {
    const name = this.names.numbered('t');
    if (node.kind === 'apply' && isCondition(node.operator.name)) {
      const code = this.printer.filled(this.printer.condition(node), node.shape);
      this.push(`${name} = ${code.text}`);
      this.truths.add(node);
    } else this.push(`${name} = ${this.printer.whole(node).text}`);
    this.named.set(node, name);
  }

  private push(text: string): void {
    this.lines.push(`${this.indent}${text}`);
  }

  /** A loop over time, as the library has it. */
  private recurrence(node: Recurrence): string {
    const known = this.named.get(node);
    if (known !== undefined) return known;
    const { body, axis, backward } = node;
    const { library } = this.context;
    // What the steps read has a name before the loop.
    for (const source of outside(node)) {
      if (this.named.has(source) || source.kind === 'variable') continue;
      const isRead = body.slices.some((slice) => slice.source === source);
      if (source.kind === 'affine' && source.test && !isRead) continue;
      this.compute(source);
      if (!this.named.has(source) && !isConstant(source)) this.assign(source);
    }
    const stem = this.names.numbered('h');
    const state = this.names.fresh(`${stem}_before`);
    const [next, time] = [this.names.fresh(`${stem}_next`), this.names.fresh('t')];
    const length = this.printer.dim(node.shape[axis]!).text;
    const start = this.printer.whole(node.init).text;
    const inside = new Body(this.context, []);
    inside.adopt(this, body.previous, state);
    for (const { variable, source, axis: at } of body.slices) {
      const picks = [...Array.from({ length: at }, () => ':'), time].join(', ');
      const text = this.named.get(source) ?? this.printer.whole(source).text;
      inside.named.set(variable, `${text}[${picks}]`);
    }
    const value = inside.value(body.value);
    const step = inside.lines.map((line) => line.replace(/^ {4}/, ''));
    if (library.scan === 'loop') {
      this.push(`${state} = ${start}`);
      this.push(`${stem} = []`);
      this.push(`for ${time} in ${backward ? `reversed(range(${length}))` : `range(${length})`}:`);
      for (const line of step) this.push(`    ${line}`);
      this.push(`    ${state} = ${value}`);
      this.push(`    ${stem}.append(${state})`);
      this.push(
        `${stem} = ${library.prefix}stack(${backward ? `${stem}[::-1]` : stem}, ${library.strict ? 'dim' : 'axis'}=${axis})`,
      );
    } else {
      const name = this.names.fresh(`${stem}_step`);
      this.push(`def ${name}(${state}, ${time}):`);
      for (const line of step) this.push(`    ${line}`);
      this.push(`    ${next} = ${value}`);
      this.push(`    return ${next}, ${next}`);
      this.push(
        `_, ${stem} = jax.lax.scan(${name}, ${start}, ${library.prefix}arange(${length})${backward ? ', reverse=True' : ''})`,
      );
      if (axis > 0) this.push(`${stem} = ${library.prefix}moveaxis(${stem}, 0, ${axis})`);
    }
    this.named.set(node, stem);
    return stem;
  }

  /** The names of another body, and one of what a step starts from. */
  private adopt(other: Body, previous: Node, name: string): void {
    for (const [node, known] of other.named) this.named.set(node, known);
    for (const node of other.truths) this.truths.add(node);
    this.named.set(previous, name);
    this.names = other.names;
  }

  private value(root: Node): string {
    const order = topological([root], undefined, valueParts);
    for (const [node, count] of useCounts([root], order)) this.uses.set(node, count);
    this.compute(root);
    return this.printer.whole(root).text;
  }

  private simpler(node: Apply | ArrayApply): Node | undefined {
    if (this.simple.has(node)) return this.simple.get(node);
    const { graph } = this.context;
    const { operator } = node;
    const forms = [
      'definition' in operator ? operator.definition : undefined,
      operator.runs,
      operator.name === 'power-log' ? operator.lower : undefined,
    ];
    let found: Node | undefined;
    for (const form of forms) found ??= form?.(graph, ...node.args);
    this.simple.set(node, found);
    return found;
  }
}

/** `∂Cost/∂W` as it is called in code: dW. */
const pythonTarget = (name: string): string => name.replace(/^∂.*\/∂/, 'd');

/** What costs nothing to write again: numbers of sizes. */
function isCheap(node: Node): boolean {
  if (node.shape.length > 0 && node.kind !== 'affine') return false;
  const order = topological([node]);
  return order.every((n) => n.kind !== 'variable' || n.role === 'size') && order.length < 8;
}
