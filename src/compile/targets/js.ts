import { accessOf } from '../access.ts';
import type { Numbers } from '../executable.ts';
import type { Call, Counter, Place, Slot } from '../expression.ts';
import { type Machine, V8 } from '../machine.ts';
import { outlineOf } from '../outline.ts';
import { isLong, partsOf, sharedLocals } from '../parts.ts';
import type { Loop, Call as RoutineCall, Statement } from '../program.ts';
import { protocol, type RunStatement, stretches } from '../protocol.ts';
import { Braces } from './braces.ts';
import { backendWords } from './names.ts';
import type { LaidOut, Run, Runner } from './target.ts';

/** Generated text and the functions that it refers to by position. */
export interface Source {
  readonly text: string;
  readonly kernels: readonly unknown[];
}

/** Generated JavaScript for a machine. */
export const jsFor = (machine: Machine) =>
  ({
    name: 'js',
    words: backendWords.js,
    machine,
    available,
    needs: { message: 'this page or process forbids generated code' },
    suits: () => true,
    link(program, arrays) {
      const { text, kernels } = javascript(program, machine);
      const bind = new Function('b', 'k', text) as (arrays: readonly Numbers[], kernels: readonly unknown[]) => Run;
      return { run: bind(arrays, kernels), source: text };
    },
  }) as const satisfies Runner;

/** Generated JavaScript: what runs wherever it is allowed. */
export const js = jsFor(V8);

/** What was asked, and what it answered: a policy stays the same. */
let asked: { readonly generator: FunctionConstructor; readonly allowed: boolean } | undefined;

function available(): boolean {
  if (asked?.generator !== Function) asked = { generator: Function, allowed: generates() };
  return asked.allowed;
}

/** A security policy answers with an EvalError. */
function generates(): boolean {
  try {
    return typeof new Function() === 'function';
  } catch (error) {
    if (error instanceof Error && error.name === 'EvalError') return false;
    throw error;
  }
}

/**
 * The program as the body of a function of `b`, the arrays of the layout's areas, and `k`, the kernels. It returns the
 * function of a run: (steps, history, watch) → steps done. All names in it are made up here and all numbers are printed
 * here: nothing that a user wrote gets into it.
 */
export function javascript(program: LaidOut, machine: Machine): Source {
  return new Printer(program, machine).print();
}

class Printer extends Braces {
  protected override readonly same = '===';
  private readonly made: LaidOut;
  private readonly machine: Machine;
  private readonly kernels = new Map<unknown, string>();
  private readonly offsets = new Map<string, string>();
  /** The offsets that were given a name for a loop. */
  private readonly found = new Map<Loop, readonly string[]>();
  private readonly functions: string[] = [];
  private readonly long: boolean;
  /** The loops around what is being printed. */
  private around: Counter[] = [];
  private prefixed = 0;
  private cuts = 0;

  constructor(made: LaidOut, machine: Machine) {
    super();
    this.made = made;
    this.machine = machine;
    const { before, compute, commit, after } = made.program;
    this.long = isLong([before, compute, commit, after], machine);
  }

  print(): Source {
    const { program, layout } = this.made;
    const run = protocol(program);
    if (this.long) this.share();
    const body = ['return (steps, history, watch) => {', '  let step = 0;', ...this.running(run, '  '), '  return step;', '};'];
    const head = ['"use strict";', ...layout.areas.map(({ id }, at) => `const b${id} = b[${at}];`)];
    let at = 0;
    for (const name of this.kernels.values()) head.push(`const ${name} = k[${at++}];`);
    const text = [...head, ...this.functions, ...body].filter((line) => line !== '').join('\n');
    return { text, kernels: [...this.kernels.keys()] };
  }

  private running(list: readonly RunStatement[], indent: string): string[] {
    return stretches(list).flatMap((s) => {
      if (!('kind' in s)) return this.long ? this.inParts(s, indent) : [this.block(s, indent)];
      if (s.kind === 'steps') return [`${indent}while (step < steps) {`, ...this.running(s.body, `${indent}  `), `${indent}}`];
      const seen = s.value && this.expression(s.value);
      if (s.kind === 'stop') return [`${indent}if (watch && !(${seen} - ${seen} === 0)) break;`];
      return [...(seen ? [`${indent}if (history !== undefined) history[step] = ${seen};`] : []), `${indent}step++;`];
    });
  }

  /** What several functions of a long program use is kept in an array. */
  private share(): void {
    const { before, compute, commit, after, objective } = this.made.program;
    const cut = [before, compute, commit, after].flatMap((section) => partsOf(section, this.machine));
    const shared = sharedLocals(cut);
    if (objective?.kind === 'local') shared.add(objective);
    let cells = 0;
    for (const local of shared) this.locals.set(local, `f[${cells++}]`);
    if (cells > 0) this.functions.push(`const f = new Float64Array(${cells});`);
  }

  /** Calls of functions of moderate length. */
  private inParts(section: readonly Statement[], indent: string): string[] {
    return partsOf(section, this.machine).map((part) => {
      const name = `p${this.cuts++}`;
      this.functions.push(`const ${name} = () => {`, this.block(part, '  '), '};');
      return `${indent}${name}();`;
    });
  }

  protected override declared(name: string, variable: boolean): string {
    return name.startsWith('f[') ? '' : variable ? 'let ' : 'const ';
  }

  /** A long loop is a function, called with what it reads of what is around it. */
  protected override statement(s: Statement, indent: string): string {
    const outline = s.kind === 'loop' ? outlineOf(s, this.machine) : undefined;
    if (!outline) return super.statement(s, indent);
    const name = `p${this.cuts++}`;
    const { reads, adds } = outline;
    const parameters = [...(adds ? [adds] : []), ...reads];
    const names = [...this.around.map((c) => this.counter(c)), ...parameters.map((local) => this.local(local))];
    // In parts, some are cells of an array.
    const inside = parameters.map((local, k) => [local, this.locals.get(local)!, `a${k}`] as const);
    for (const [local, , name] of inside) this.locals.set(local, name);
    const offsets = new Map(this.offsets);
    this.offsets.clear();
    const list = [...this.around.map((c) => this.counter(c)), ...inside.map(([, , name]) => name)].join(', ');
    const body = super.statement(s, '  ');
    this.functions.push(`const ${name} = (${list}) => {`, body, ...(adds ? [`  return ${this.local(adds)};`] : []), '};');
    for (const [local, name] of inside) this.locals.set(local, name);
    for (const [key, offset] of offsets) this.offsets.set(key, offset);
    return `${indent}${adds ? `${this.local(adds)} = ` : ''}${name}(${names.join(', ')});`;
  }

  protected override routine({ routine, args, out, count, shapes }: RoutineCall): string {
    const arrays = args.map((a) => this.slot(a)).join(', ');
    return `${this.named(routine.kernel)}([${arrays}], ${this.slot(out)}, ${count}, ${this.named(shapes)})`;
  }

  protected override opened(s: Loop, indent: string): readonly string[] {
    const i = this.counter(s.counter);
    this.around.push(s.counter);
    return [`${indent}for (let ${i} = 0; ${i} < ${s.counter.extent}; ${i}++) {`, ...this.prefixes(s, `${indent}  `)];
  }

  protected override closed(s: Loop): void {
    this.around.pop();
    for (const key of this.found.get(s)!) this.offsets.delete(key);
    this.found.delete(s);
  }

  protected override called({ function: { kernel }, args }: Call): string {
    return `${BUILT_IN.get(kernel) ?? this.named(kernel)}(${args.map((a) => this.expression(a)).join(', ')})`;
  }

  protected override place(p: Place): string {
    for (let n = p.terms.length - 1; n > 0; n--) {
      const known = this.offsets.get(prefixKey(p, n));
      if (known) return [known, ...p.terms.slice(n).map((t) => this.term(t))].join(' + ');
    }
    return super.place(p);
  }

  /** Names for the parts of places that stay the same in the loops inside this one. */
  private prefixes(outer: Loop, indent: string): string[] {
    const lines: string[] = [];
    const keys: string[] = [];
    for (const s of outer.body) {
      if (s.kind !== 'loop') continue;
      for (const at of [...accessOf(s).buffers.values()].flatMap(({ reads, writes }) => [...reads, ...writes])) {
        const n = at.terms.findIndex((t) => t.counter === outer.counter) + 1;
        if (n === 0 || n === at.terms.length || (n === 1 && at.constant === 0 && at.terms[0]!.stride === 1)) continue;
        const key = prefixKey(at, n);
        if (this.offsets.has(key)) continue;
        const name = `o${this.prefixed++}`;
        lines.push(`${indent}const ${name} = ${this.place({ constant: at.constant, terms: at.terms.slice(0, n) })};`);
        this.offsets.set(key, name);
        keys.push(key);
      }
    }
    this.found.set(outer, keys);
    return lines;
  }

  protected override slot(slot: Slot): string {
    return `b${this.made.layout.areaOf.get(slot)!.id}`;
  }

  protected override counter(counter: Counter): string {
    return `i${counter.id}`;
  }

  protected override number(value: number): string {
    if (Number.isNaN(value)) return 'NaN';
    return value < 0 || Object.is(value, -0) ? `(-${-value})` : String(value);
  }

  /** The name of a value that the text refers to by position. */
  private named(value: unknown): string {
    let name = this.kernels.get(value);
    if (name === undefined) {
      name = `k${this.kernels.size}`;
      this.kernels.set(value, name);
    }
    return name;
  }
}

/** Functions that V8 knows by name. */
const BUILT_IN: ReadonlyMap<unknown, string> = new Map(
  Object.getOwnPropertyNames(Math)
    .map((name) => [Object.getOwnPropertyDescriptor(Math, name)?.value, `Math.${name}`] as const)
    .filter(([value]) => typeof value === 'function'),
);

/** A place without the terms after the n-th. */
const prefixKey = (p: Place, n: number): string =>
  p.terms.slice(0, n).reduce((key, t) => `${key}+${t.counter.id}*${t.stride}`, String(p.constant));
