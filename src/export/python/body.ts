import type { Identifiers } from '../../compile/targets/identifiers.ts';
import type { Graph } from '../../graph/graph.ts';
import { type Apply, type ArrayApply, isConstant, isView, type Node } from '../../graph/node.ts';
import { topological, useCounts, valueParts } from '../../graph/traverse.ts';
import type { Line } from '../dialect.ts';
import type { Loop, Made } from '../loops/unroll.ts';
import { comment } from './comments.ts';
import { isWindow } from './convolution.ts';
import type { PythonLibrary } from './language.ts';
import { writtenLoop } from './loop.ts';
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
  readonly list: (numbers: readonly number[]) => string;
  readonly names: () => Identifiers;
  /** Whether a loop makes a quantity. */
  readonly made: (node: Node) => Made | undefined;
  /** What is told of the steps of a loop, in the order of the source. */
  readonly linesOf: (loop: Loop) => readonly Line[];
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
  private readonly inOrder: readonly Line[];
  private readonly told: ReadonlyMap<Node, Line>;
  private readonly truths = new Set<Node>();
  private readonly uses = new Map<Node, number>();
  /** What reads arrays at places that others tell. */
  private readonly readers = new Map<Node, Node[]>();

  constructor(context: ProgramContext, told: readonly Line[]) {
    this.context = context;
    this.inOrder = told;
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
      list: context.list,
      simpler: (node) => this.simpler(node),
    });
  }

  /**
   * Writes the lines that the results need, and what they need before them; the names of what was written.
   * @param results lines too; what loops alone need is told in their steps
   */
  write(lines: readonly Line[], results: readonly Line[]): string[] {
    const roots = results.map((line) => line.node);
    const order = topological(roots, undefined, this.parts);
    const reached = new Set(order);
    const isReached = ({ node }: Line): boolean => reached.has(node) || (node.kind === 'definition' && reached.has(node.value));
    for (const node of order) {
      for (const part of this.parts(node)) {
        this.uses.set(part, (this.uses.get(part) ?? 0) + 1);
        if (isWindow(part)) this.readers.set(part, [...(this.readers.get(part) ?? []), node]);
      }
      const made = this.context.made(node);
      if (made) this.wanted.set(made.loop, [...(this.wanted.get(made.loop) ?? []), [node, made]]);
    }
    return lines.map((line) => {
      if (!isReached(line)) return '';
      this.compute(line.node);
      const known = this.named.get(line.node);
      if (known !== undefined && this.written.has(line)) return known;
      return this.tell(line, line.node);
    });
  }

  private readonly written = new Set<Line>();
  private readonly shared = new Map<string, string>();
  private readonly looped = new Set<Loop>();
  /** What the function needs of the quantities that loops make. */
  private readonly wanted = new Map<Loop, [node: Node, made: Made][]>();

  /** What a node is computed from: what a loop makes, from what the loop reads. */
  readonly parts = (node: Node): readonly Node[] => this.context.made(node)?.loop.reads ?? valueParts(node);

  /** A quantity with a name, and everything below it that has one or is used again. */
  private compute(root: Node): void {
    const order = topological([root], (n) => this.named.has(n), this.parts);
    for (const node of order) {
      if (this.named.has(node)) continue;
      const made = this.context.made(node);
      if (made) {
        this.loop(made.loop);
        continue;
      }
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
    // A gradient is an array as its parameter is.
    this.push(`${name} = ${code.host && line.name.startsWith('∂') ? this.context.library.array(code.text) : code.text}`);
    this.named.set(node, name);
    if (value.kind !== 'variable' && !this.named.has(value)) this.named.set(value, name);
    return name;
  }

  /** A part without a name that is used again, or is too long to stand within another. */
  private share(node: Node): void {
    if (node.kind === 'variable' || isConstant(node)) return;
    // Where a test of places stands in a sum, the sum is told by places.
    if (node.kind === 'affine' && node.test) return;
    // A convolution goes over the array itself.
    if (isWindow(node) && this.readers.get(node)?.every((reader) => this.printer.convolution(reader))) return;
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
    this.lines.push(text === '' ? '' : `${this.indent}${text}`);
  }

  /** The statements of one step: what is told of it in the order of the source, then what is asked for. */
  step(roots: readonly Node[]): string[] {
    const order = topological(roots, undefined, this.parts);
    for (const [node, count] of useCounts(roots, order)) this.uses.set(node, count);
    const reached = new Set(order);
    for (const line of this.inOrder) {
      if (!reached.has(line.node) || this.named.has(line.node)) continue;
      this.compute(line.node);
      this.tell(line, line.node);
    }
    return roots.map((root) => {
      this.compute(root);
      return this.named.get(root) ?? this.printer.whole(root).text;
    });
  }

  /** What a loop reads has a name before it. */
  private read(source: Node): void {
    if (this.named.has(source) || source.kind === 'variable') return;
    this.compute(source);
    if (!this.named.has(source) && !isConstant(source)) this.assign(source);
  }

  /** A loop over time, as the library has it. */
  private loop(loop: Loop): void {
    if (this.looped.has(loop)) return;
    this.looped.add(loop);
    const read = new Set(loop.slices.map(({ source }) => source));
    for (const source of loop.reads) if (read.has(source) || source.kind !== 'affine' || !source.test) this.read(source);
    const written = writtenLoop(loop, this.wanted.get(loop) ?? [], {
      library: this.context.library,
      names: this.names,
      own: (name) => this.own(name),
      lines: this.context.linesOf(loop),
      length: this.printer.dim(loop.length).text,
      whole: (node) => this.printer.whole(node).text,
      start: (node) => {
        const code = this.printer.whole(node);
        return code.host ? this.context.library.array(code.text) : code.text;
      },
      inside: (lines, given) => {
        const inside = new Body(this.context, lines);
        inside.adopt(this);
        for (const [node, name] of given) inside.named.set(node, name);
        return inside;
      },
    });
    for (const line of written.lines) this.push(line);
    for (const [node, name] of written.named) {
      this.named.set(node, name);
      const line = this.told.get(node);
      if (line) this.written.add(line);
    }
  }

  private own(wanted: string): string {
    const name = this.shared.get(wanted) ?? this.names.fresh(wanted);
    this.shared.set(wanted, name);
    return name;
  }

  /** The names of another body. */
  private adopt(other: Body): void {
    for (const [node, known] of other.named) this.named.set(node, known);
    for (const node of other.truths) this.truths.add(node);
    this.names = other.names;
  }

  nameOf(node: Node): string | undefined {
    return this.named.get(node);
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
