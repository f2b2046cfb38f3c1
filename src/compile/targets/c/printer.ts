import { operators } from '../../../operators/index.ts';
import { Reader } from '../../../reading/read.ts';
import { printExpr } from '../../../render/text.ts';
import { accessOf } from '../../access.ts';
import { type Body, bodyOf } from '../../bodies.ts';
import type { Counter, Label, Local, Place, Slot } from '../../expression.ts';
import { type Intrinsic, shortName } from '../../intrinsic.ts';
import type { Loop, Call as RoutineCall, Statement } from '../../program.ts';
import { protocol, type RunStatement, stretches } from '../../protocol.ts';
import { Identifiers } from '../identifiers.ts';
import type { LaidOut } from '../target.ts';
import { intrinsicsOf, isInline, refuse, statementsOf } from './calls.ts';
import { FUNCTIONS } from './functions.ts';
import { inC } from './names.ts';
import { ROUTINES } from './routines.ts';
import { special } from './special/index.ts';
import { CText } from './text.ts';

/**
 * One file of C99 that needs nothing but `math.h`.
 * @throws GradusError `unsupported` for a function that C lacks, and that has no body here
 */
export function printC(made: LaidOut, name: string): string {
  refuse(made);
  return new Printer(made, new CFile()).print(name);
}

/** What the functions of one file share. */
export class CFile {
  readonly names = new Identifiers(inC);
  readonly headers = new Set(['math.h']);
  /** The functions that programs call, those first that others need. */
  readonly texts: string[] = [];
  /** What the file has of them, by what they are. */
  readonly told = new Map<string, string>();
}

/** A program as the inside of a function, for a file that says itself where its buffers are. */
interface CBody {
  readonly lines: readonly string[];
  /** Of each input and output that occurs. */
  readonly names: ReadonlyMap<Slot, string>;
  /** Numbers of memory that it needs under the name `memory`. */
  readonly memory: number;
}

/** How a file names and explains what a program computes. */
export interface CWords {
  /** What inputs are called; taken already in the file. */
  readonly inputs: ReadonlyMap<Slot, string>;
  /** The comment above what has this name; undefined for the one that the definition itself gives. */
  readonly explained: (name: string) => readonly string[] | undefined;
}

/**
 * A program without updates, to be put into a function.
 * @throws GradusError `unsupported` for a function that C lacks, and that has no body here
 */
export function printBody(made: LaidOut, file: CFile, words: CWords): CBody {
  refuse(made);
  return new Printer(made, file, words).inside();
}

/** Counters by depth. */
const COUNTERS = ['i', 'j', 'k', 'l', 'p', 'q', 'r', 's'];

/** A formula longer than this says less than the code. */
const LONGEST = 100;

class Printer extends CText {
  private readonly made: LaidOut;
  private readonly file: CFile;
  private readonly words: CWords | undefined;
  /** Names of the function at hand. */
  private names: Identifiers;
  private readonly slots = new Map<Slot, string>();
  private readonly counters = new Map<number, string>();
  private unnamed = 0;
  private readonly explained = new Set<string>();

  constructor(made: LaidOut, file: CFile, words?: CWords) {
    super();
    this.made = made;
    this.file = file;
    this.words = words;
    this.names = file.names;
  }

  /** The functions that statements call. */
  private tellAll(): void {
    for (const f of intrinsicsOf(this.made)) if (!isInline(f)) this.tell(f);
    for (const s of statementsOf(this.made)) if (s.kind === 'call') this.tellRoutine(s);
  }

  /** Where temporaries lie in the memory, after the body was printed. */
  private places(): { readonly memory: readonly string[]; readonly length: number } {
    const { layout } = this.made;
    const start = layout.areas.find(({ role }) => role === 'temporary')?.offset ?? 0;
    const held = [...this.slots].filter(([{ role }]) => role === 'temporary');
    const memory = held.map(([slot, name]) => {
      const { offset } = layout.areaOf.get(slot)!;
      return `  real *const ${name} = memory${offset === start ? '' : ` + ${offset - start}`};`;
    });
    return { memory, length: memory.length > 0 ? layout.length - start : 0 };
  }

  inside(): CBody {
    this.tellAll();
    // The names of its own are those of this function alone.
    this.names = this.file.names.inner();
    for (const slot of this.made.program.slots) if (slot.role === 'output') this.slot(slot);
    const body = this.running(protocol(this.made.program), '  ', false);
    const { memory, length } = this.places();
    const names = new Map([...this.slots].filter(([{ role }]) => role !== 'temporary'));
    return { lines: [...memory, ...body], names, memory: length };
  }

  print(wanted: string): string {
    const { program, layout } = this.made;
    const own = this.file.names.fresh(wanted);
    this.tellAll();
    const given = program.slots.filter(({ role }) => role !== 'temporary');
    const written = new Set(
      [...statementsOf(this.made)].flatMap((s) =>
        [...accessOf(s).buffers].flatMap(([slot, { writes }]) => (writes.length > 0 ? [slot] : [])),
      ),
    );
    const parameters = given.map((slot) => `${written.has(slot) ? '' : 'const '}real *${this.slot(slot)}`);
    const steps = program.commit.length > 0;
    const body = this.running(protocol(program), '  ', steps);
    const { memory, length } = this.places();
    if (memory.length > 0) parameters.push('real *memory');
    if (steps) parameters.push('long steps', 'double *history', 'int watch');
    const size = this.file.names.fresh(`${own.toUpperCase()}_MEMORY`);
    return [
      '// Made by gradus. Arrays are in row-major order.',
      ...[...this.file.headers].map((header) => `#include <${header}>`),
      '',
      `typedef ${layout.precision === 'f32' ? 'float' : 'double'} real;`,
      '',
      ...this.file.texts.flatMap((text) => [text, '']),
      ...(memory.length > 0 ? ['// Numbers of memory for what is found on the way.', `enum { ${size} = ${length} };`, ''] : []),
      ...given.map((slot) => this.described(slot, written.has(slot))),
      ...(steps
        ? ['// Takes steps until there were as many, or until the first output is not finite if that is watched; says how many.']
        : []),
      `${steps ? 'long' : 'void'} ${own}(${parameters.join(', ')}) {`,
      ...memory,
      ...(steps ? ['  long step = 0;'] : []),
      ...body,
      ...(steps ? ['  return step;'] : []),
      '}',
      '',
    ].join('\n');
  }

  /** A program without updates has one step, which nobody counts. */
  private running(list: readonly RunStatement[], indent: string, steps: boolean): string[] {
    return stretches(list).flatMap((s) => {
      if (!('kind' in s)) return s.flatMap((one) => [...this.explanation(one, indent), this.statement(one, indent)]);
      if (s.kind === 'steps') {
        if (!steps) return this.running(s.body, indent, steps);
        return [`${indent}while (step < steps) {`, ...this.running(s.body, `${indent}  `, steps), `${indent}}`];
      }
      if (!steps) return [];
      const seen = s.value && this.expression(s.value);
      if (s.kind === 'stop') return [`${indent}if (watch && !isfinite(${seen})) break;`];
      return [...(seen ? [`${indent}if (history) history[step] = ${seen};`] : []), `${indent}step++;`];
    });
  }

  /** What a parameter is: its shape, and what the model calls it if C cannot. */
  private described(slot: Slot, changes: boolean): string {
    const { label, length, role } = slot;
    const name = this.slot(slot);
    const shape = label?.shape ?? [length];
    const called = label && label.name !== name ? ` ${comment(label.name)}` : '';
    const size = shape.length === 0 ? 'a number' : shape.join(' x ');
    return `// ${name}:${called} ${role}${role === 'input' && changes ? ' that is updated' : ''}, ${size}`;
  }

  /** The formulas of what a statement finds, each said once. */
  private explanation(s: Statement, indent: string): string[] {
    const labels: Label[] = [];
    const visit = (one: Statement): void => {
      if (one.kind === 'loop') one.body.forEach(visit);
      else {
        const { label } = one.kind === 'call' ? one.out : 'slot' in one ? one.slot : one.local;
        if (label) labels.push(label);
      }
    };
    visit(s);
    return labels.flatMap(({ name, definition }) => {
      if (this.explained.has(name)) return [];
      const said = this.words?.explained(name);
      if (!definition && !said) return [];
      this.explained.add(name);
      if (said) return said.map((line) => `${indent}// ${comment(line)}`);
      if (!definition) return [];
      const formula = comment(printExpr(new Reader().readBody(definition), 'ascii'));
      return [`${indent}// ${comment(name)}${formula.length > LONGEST ? '' : ` = ${formula}`}`];
    });
  }

  /** Writes a function down, after those that it calls. */
  private tell(f: Intrinsic): string {
    const known = this.file.told.get(f.name);
    if (known !== undefined) return known;
    const basic = FUNCTIONS[f.name];
    if (basic) {
      this.file.told.set(f.name, basic.name);
      if (basic.text) {
        this.file.names.keep(basic.name);
        this.file.texts.push(basic.text);
      }
      return basic.name;
    }
    const body = bodyOf(f);
    if (!body) return this.tellSpecial(f.name);
    for (const inner of body.calls) if (!isInline(inner)) this.tell(inner);
    const name = this.file.names.fresh(shortName(f.name));
    this.file.told.set(f.name, name);
    this.file.texts.push(this.bodied(name, body));
    return name;
  }

  /** A function that is no expression, after those that it calls. */
  private tellSpecial(operator: string): string {
    const { name, parts } = special(operator, (inner) => this.tell(operators.find((o) => o.name === inner)!))!;
    for (const [own, text] of parts) {
      if (this.file.told.has(`special ${own}`)) continue;
      this.file.told.set(`special ${own}`, own);
      this.file.names.keep(own);
      this.file.texts.push(text);
    }
    this.file.told.set(operator, name);
    return name;
  }

  private bodied(name: string, { parameters, statements, value }: Body): string {
    const outer = this.names;
    this.names = new Identifiers(inC, [name, ...this.file.told.values()]);
    const list = parameters.map((p) => `double ${this.local(p)}`).join(', ');
    const lines = [...(statements.length > 0 ? [this.block(statements, '  ')] : []), `  return ${this.expression(value)};`];
    this.names = outer;
    return [`static double ${name}(${list}) {`, ...lines, '}'].join('\n');
  }

  private tellRoutine({ routine }: RoutineCall): string {
    const { name, text, calls = [], helper } = ROUTINES[routine.name]!;
    const key = `routine ${name}`;
    if (this.file.told.has(key)) return name;
    for (const basic of calls) this.tell({ name: basic, arity: 2, kernel: () => Number.NaN });
    if (helper && !this.file.told.has(`helper ${helper.name}`)) {
      this.file.told.set(`helper ${helper.name}`, helper.name);
      this.file.names.keep(helper.name);
      this.file.headers.add(helper.header);
      this.file.texts.push(helper.text);
    }
    this.file.told.set(key, name);
    this.file.names.keep(name);
    this.file.texts.push(text);
    return name;
  }

  protected override slot(slot: Slot): string {
    let name = this.slots.get(slot);
    if (name === undefined) {
      name =
        this.words?.inputs.get(slot) ??
        this.names.fresh(slot.label?.name ?? slot.madeOf ?? (slot.role === 'temporary' ? 'part' : slot.role));
      this.slots.set(slot, name);
    }
    return name;
  }

  protected override counter({ depth }: Counter): string {
    let name = this.counters.get(depth);
    if (name === undefined) {
      name = this.names.fresh(COUNTERS[depth] ?? `i${depth}`);
      this.counters.set(depth, name);
    }
    return name;
  }

  /** An array of one number has its name already. */
  protected override spelled({ label }: Local): string {
    return this.names.fresh(label ? (this.names.has(label.name) ? `${label.name}_now` : label.name) : `t${++this.unnamed}`);
  }

  protected override type(): string {
    return 'double';
  }

  protected override nameOf({ name }: Intrinsic): string {
    return this.file.told.get(name)!;
  }

  protected override opened({ counter }: Loop, indent: string): readonly string[] {
    const i = this.counter(counter);
    return [`${indent}for (int ${i} = 0; ${i} < ${counter.extent}; ${i}++) {`];
  }

  /** Numbers are doubles but for where they lie, as in JavaScript. */
  protected override loaded(slot: Slot, at: Place): string {
    const text = super.loaded(slot, at);
    return this.made.layout.precision === 'f32' ? `(double)${text}` : text;
  }
}

/** Text that cannot end a comment, continue it or turn it round. */
export const comment = (text: string): string =>
  text
    .replace(/[\p{C}\s]+/gu, ' ')
    // Lines may be broken behind any word: a backslash there would go on with the comment.
    .replace(/\\+(?= |$)/g, '')
    .replace(/\?+/g, '?')
    .trim();
