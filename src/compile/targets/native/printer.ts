import { GradusError } from '../../../language/diagnostics.ts';
import { accessOf, isApart } from '../../access.ts';
import { type Call, type Counter, type Expression, type Place, parts, type Slot, strideOf } from '../../expression.ts';
import { shortName } from '../../intrinsic.ts';
import type { Area } from '../../layout.ts';
import type { Loop, Product, Call as Routine, Statement } from '../../program.ts';
import { protocol, type RunStatement, stretches } from '../../protocol.ts';
import { isAddedTo, type Shares, sharesOf } from '../../sharing.ts';
import { missing } from '../c/calls.ts';
import { ROUTINES } from '../c/routines.ts';
import type { LaidOut } from '../target.ts';
import { SHARING } from './crew.ts';
import { BITS, fast } from './functions.ts';
import { BIND, MEMORY, NODE_API } from './glue.ts';
import { near } from './near.ts';
import { isInnermost, surroundingsOf } from './outline.ts';
import { Routines } from './routines.ts';
import { type Given, type Shared, sharedNest, sharedRoutine } from './shares.ts';
import { Functions, NativeText } from './text.ts';
import { SHARED_NEST, SHARED_PRODUCT, workOf, workOfStep } from './work.ts';

/**
 * The program as C for the machine at hand: `bind(buffer, services)` of the module gives the run, in memory that is laid out as
 * the layout says. No name of the model is in it, so that programs which compute the same are the same text.
 * @throws GradusError `unsupported` for a function that C cannot be told
 */
export function printNative(made: LaidOut): Printed {
  const lacks = missing(made, (name) => fast(name, made.layout.precision) !== undefined);
  if (lacks !== undefined)
    throw new GradusError('unsupported', `${shortName(lacks)} has no native code`, { hint: "use the backend 'auto'" });
  return new Printer(made).print();
}

interface Printed {
  readonly text: string;
  /** Whether it calls the kernel for products. */
  readonly usesProducts: boolean;
  /** Whether some of its work is for several threads. */
  readonly isShared: boolean;
  /** The areas in whose place arrays may be lent. */
  readonly lends: readonly Area[];
}

/** Numbers from which on an array is lent rather than copied: of inputs, and of outputs, whose memory is asked for. */
const LARGE_INPUT = 1024;
const LARGE_OUTPUT = 16_384;

/** Inputs that the program only reads, and outputs: a run writes all of them. */
function lendable({ program, layout }: LaidOut): Area[] {
  const written = new Set<Area>();
  for (const s of [...program.before, ...program.compute, ...program.commit, ...program.after])
    for (const [slot, { writes }] of accessOf(s).buffers) if (writes.length > 0) written.add(layout.areaOf.get(slot)!);
  return layout.areas.filter((area) => {
    if (area.role === 'output') return area.length >= LARGE_OUTPUT;
    return area.role === 'input' && area.length >= LARGE_INPUT && !written.has(area);
  });
}

/** Operations of a step from which on calls of functions are nothing: each nest of loops gets one. */
const LARGE = 20_000;

class Printer extends NativeText {
  private readonly made: LaidOut;
  private readonly routines: Routines;
  /** The functions that nests of loops became. */
  private readonly nests: string[] = [];
  private readonly large: boolean;
  private usesProducts = false;
  private isShared = false;
  /** The counter of which a function has a share of the values. */
  private dealt: Counter | undefined;
  /** In the first of two loops. */
  private near = false;
  /** In a function of a nest. */
  private within = false;
  private readonly index: 'int' | 'long';

  constructor(made: LaidOut) {
    super(new Functions(), made.layout.precision);
    this.made = made;
    this.routines = new Routines(this.functions, made.layout.precision);
    this.large = workOfStep(made.program) > LARGE;
    this.index = made.layout.length < 2 ** 31 ? 'int' : 'long';
  }

  print(): Printed {
    const { program, layout } = this.made;
    const body = this.running(protocol(program), '  ');
    const blocks = layout.areas.map((area) => `${this.type()} *restrict b${area.id}`);
    const lends = lendable(this.made);
    const given = layout.areas.map((area) => {
      const own = `memory${area.offset === 0 ? '' : ` + ${area.offset}`}`;
      const number = lends.indexOf(area);
      return number < 0 ? own : `lent[${number}] ? lent[${number}] : ${own}`;
    });
    const more = ['threads', 'steps', 'history', 'reach', 'watch'];
    const lines = [
      NODE_API,
      MEMORY,
      '#include <math.h>',
      '',
      `typedef ${this.type()} real;`,
      `enum { LENGTH = ${layout.length}, LENT = ${lends.length}, READ = ${lends.filter(({ role }) => role === 'input').length}, KIND = ${layout.precision === 'f32' ? 7 : 8} };`,
      `static const size_t lengths[LENT + 1] = {${lends.map(({ length }) => length).join(', ')}};`,
      '',
      BITS,
      SHARING,
      SERVICES,
      ...this.functions.texts,
      ...this.routines.texts,
      ...this.nests,
      `static int64_t run(${[...blocks, 'int threads', 'int64_t steps', 'double *restrict history', 'int64_t reach', 'bool watch'].join(', ')}) {`,
      '  int64_t step = 0;',
      ...body,
      '  return step;',
      '}',
      '',
      'static int64_t start(real *memory, real *const *lent, int threads, int64_t steps, double *history, int64_t reach, bool watch) {',
      `  return run(${[...given, ...more].join(', ')});`,
      '}',
      '',
      BIND,
    ];
    return { text: lines.join('\n'), usesProducts: this.usesProducts, isShared: this.isShared, lends };
  }

  private running(list: readonly RunStatement[], indent: string): string[] {
    return stretches(list).flatMap((s) => {
      if (!('kind' in s)) return [this.block(s, indent)];
      if (s.kind === 'steps') return [`${indent}while (step < steps) {`, ...this.running(s.body, `${indent}  `), `${indent}}`];
      const seen = s.value && this.expression(s.value);
      if (s.kind === 'stop') return [`${indent}if (watch && !(${seen} - ${seen} == 0)) break;`];
      return [...(seen ? [`${indent}if (step < reach) history[step] = ${seen};`] : []), `${indent}step++;`];
    });
  }

  protected override statement(s: Statement, indent: string): string {
    const apart = this.large && !this.within;
    if (s.kind === 'call' && apart && isForMany(s)) return this.sharedRoutine(s, indent);
    if (s.kind !== 'loop') return super.statement(s, indent);
    const shares = apart && workOf(s) >= SHARED_NEST ? sharesOf(s) : undefined;
    return shares || (apart && isNest(s)) ? this.outlined(s, shares, indent) : this.loop(s, indent);
  }

  private loop(s: Loop, indent: string): string {
    return isInnermost(s) && this.pragma(s) && mayRunTwice(s) ? this.twice(s, indent) : super.statement(s, indent);
  }

  /** With functions that are right near 0, in vectors; once more, by the library, if a number was far from it. */
  private twice(s: Loop, indent: string): string {
    const inner = `${indent}  `;
    const sums = surroundingsOf(s).assigned.map((local) => this.local(local));
    this.near = true;
    const quick = super.statement(s, inner);
    this.near = false;
    return [
      `${indent}{`,
      `${inner}int far = 0;`,
      ...sums.map((sum) => `${inner}const ${this.type()} ${sum}_before = ${sum};`),
      quick,
      `${inner}if (far) {`,
      ...sums.map((sum) => `${inner}  ${sum} = ${sum}_before;`),
      super.statement(s, `${inner}  `),
      `${inner}}`,
      `${indent}}`,
    ].join('\n');
  }

  protected override called(e: Call): string {
    const { name } = e.function;
    if (!this.near || !near(name, this.precision)) return super.called(e);
    return `${this.functions.tellNear(name, this.precision)}(${this.expression(e.args[0]!)}, &far)`;
  }

  /** A nest as a function of its own: the compiler then knows its arrays apart, and takes less time. */
  private outlined(s: Loop, shares: Shares | undefined, indent: string): string {
    const { counters, read, assigned, slots } = surroundingsOf(s);
    const name = `nest${this.nests.length}`;
    const areas = [...new Set(slots.map((slot) => this.slot(slot)))];
    const real = this.type();
    const held = assigned.map((local) => this.local(local));
    const given = [
      ...counters.map((counter) => ({ type: this.index, name: this.counter(counter) })),
      ...read.map((local) => ({ type: real, name: this.local(local) })),
      ...areas.map((area) => ({ type: `${real} *`, name: area })),
    ];
    const parameters = [
      ...given.map((one) => (one.type.endsWith('*') ? `${one.type}restrict ${one.name}` : `${one.type} ${one.name}`)),
      ...held.map((local) => `${real} *${local}_out`),
      ...(shares ? [`${this.index} from, ${this.index} to`] : []),
    ];
    [this.within, this.dealt] = [true, shares?.counter];
    const body = this.loop(s, '  ');
    [this.within, this.dealt] = [false, undefined];
    const lines = [
      `static __attribute__((noinline)) void ${name}(${parameters.join(', ')}) {`,
      ...held.map((local) => `  ${real} ${local} = *${local}_out;`),
      body,
      ...held.map((local) => `  *${local}_out = ${local};`),
      '}',
      '',
    ];
    this.nests.push(lines.join('\n'));
    if (!shares) return `${indent}${name}(${[...given.map((one) => one.name), ...held.map((local) => `&${local}`)].join(', ')});`;
    const fields = given.map((one): Given => ({ ...one, value: one.name }));
    const { extent } = shares.counter;
    return this.done(sharedNest({ name, given: fields, sums: held, real, index: this.index, extent }), indent);
  }

  /** A share of the cells for each thread. */
  private sharedRoutine(s: Routine, indent: string): string {
    this.routines.tell(s);
    const arrays = [...s.args, s.out].map((slot, k) => ({
      type: `${this.type()} *`,
      name: `a${k}`,
      value: this.slot(slot),
      cell: slot.length / s.count,
    }));
    const { name, numbers } = ROUTINES[s.routine.name]!;
    return this.done(sharedRoutine(`cells${this.nests.length}`, name, arrays, numbers(s), s.count), indent);
  }

  private done({ text, call }: Shared, indent: string): string {
    this.isShared = true;
    this.nests.push(text);
    return [`${indent}{`, ...call.map((line) => `${indent}  ${line}`), `${indent}}`].join('\n');
  }

  protected override opened(s: Loop, indent: string): readonly string[] {
    const i = this.counter(s.counter);
    const [from, to] = s.counter === this.dealt ? ['from', 'to'] : [0, s.counter.extent];
    const head = `${indent}for (${this.index} ${i} = ${from}; ${i} < ${to}; ${i}++) {`;
    const pragma = isInnermost(s) ? this.pragma(s) : undefined;
    return pragma ? [`${indent}${pragma}`, head] : [head];
  }

  /** Sums may be added in any order; what no step shares with another may be done at once. */
  private pragma(s: Loop): string | undefined {
    if (s.counter.extent < SHORTEST) return undefined;
    const { assigned } = surroundingsOf(s);
    if (!assigned.every((local) => isAddedTo(local, s.body)) || !isApart(s)) return undefined;
    const names = assigned.map((local) => this.local(local));
    if (this.near) return `#pragma omp simd reduction(|:far)${names.length > 0 ? ` reduction(+:${names.join(', ')})` : ''}`;
    return `#pragma omp simd${names.length > 0 ? ` reduction(+:${names.join(', ')})` : ''}`;
  }

  protected override product(s: Product, indent: string): string {
    this.usesProducts = true;
    const isShared = !this.within && workOf(s) >= SHARED_PRODUCT;
    this.isShared ||= isShared;
    const [k, ...outer] = [...s.summed].reverse() as [Counter, ...Counter[]];
    const inner = outer.reverse();
    const opened = inner.map(
      (counter, depth) =>
        `${indent}${'  '.repeat(depth)}for (${this.index} ${this.counter(counter)} = 0; ${this.counter(counter)} < ${counter.extent}; ${this.counter(counter)}++)`,
    );
    // The first of several sums writes, the others add.
    const first = inner.map((counter) => this.counter(counter));
    const adds = s.accumulate ? '1' : first.length > 0 ? `(${first.join(' | ')}) != 0` : '0';
    const own = [s.rows, s.columns, k];
    const start = ({ slot, at }: { slot: Slot; at: Place }) =>
      `${this.slot(slot)} + ${this.sum(
        at.terms.filter((t) => !own.includes(t.counter)),
        at.constant,
      )}`;
    const numbers = [
      ...(isShared ? ['crew', 'threads'] : ['0', '1']),
      ...[s.rows.extent, s.columns.extent, k.extent],
      ...[start(s.left), strideOf(s.left.at, s.rows), strideOf(s.left.at, k)],
      ...[start(s.right), strideOf(s.right.at, k), strideOf(s.right.at, s.columns)],
      ...[start(s), strideOf(s.at, s.rows), this.number(s.scale), adds],
      s.mirrored ? '1' : '0',
    ];
    return [...opened, `${indent}${'  '.repeat(opened.length)}services->multiply_${this.precision}(${numbers.join(', ')});`].join(
      '\n',
    );
  }

  protected override routine(call: Routine): string {
    this.routines.tell(call);
    return super.routine(call);
  }

  protected override slot(slot: Slot): string {
    return `b${this.made.layout.areaOf.get(slot)!.id}`;
  }

  protected override counter(counter: Counter): string {
    return `i${counter.id}`;
  }
}

/** Shorter loops are better written out, as compilers do. */
const SHORTEST = 4;

/** A loop over loops that belong together; one over many parts, as over time, stays where it is. */
const isNest = (s: Loop): boolean => workOf(s) > LEAST && s.body.filter((one) => one.kind !== 'let').length <= PARTS;

const LEAST = 500;
const PARTS = 8;

/** A routine over many cells, each of which has its part of every array. */
const isForMany = (s: Routine): boolean =>
  s.count > 1 && workOf(s) >= SHARED_NEST && [...s.args, s.out].every((slot) => slot.length % s.count === 0);

/** A loop that calls a function of numbers near 0, and reads nothing that it writes. */
function mayRunTwice(s: Loop): boolean {
  const calls = (e: Expression): boolean =>
    (e.kind === 'call' && near(e.function.name, 'f64') !== undefined) || parts(e).some(calls);
  return (
    s.body.some((one) => 'value' in one && calls(one.value)) &&
    [...accessOf(s).buffers.values()].every(({ reads, writes }) => reads.length === 0 || writes.length === 0)
  );
}

/** What modules have in common. */
const SERVICES = `struct services {
  void (*multiply_f64)(sharing *, int, long, long, long, const double *, long, long, const double *, long, long, double *, long, double, int, int);
  void (*multiply_f32)(sharing *, int, long, long, long, const float *, long, long, const float *, long, long, float *, long, float, int, int);
};

static const struct services *services;
static sharing *crew;

static void share(int threads, turns *of, const void *given, int count) {
  if (threads > 1) crew(threads, of, given, count);
  else of(given, 0, count);
}
`;
