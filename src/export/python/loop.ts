import type { Node } from '../../graph/node.ts';
import type { Loop, Made } from '../loops/unroll.ts';
import type { PythonLibrary } from './language.ts';
import { mentions } from './lines.ts';
import { type Around, BACK, LONGEST_LINE, type WrittenStep, writtenStep } from './loop-step.ts';
import { together } from './product.ts';

interface WrittenLoop {
  readonly lines: readonly string[];
  /** What the names stand for after the loop. */
  readonly named: readonly (readonly [Node, string])[];
}

/** A loop as the library has it: over lists of what each step makes, or as a function that is scanned. */
export function writtenLoop(loop: Loop, wanted: readonly (readonly [Node, Made])[], around: Around): WrittenLoop {
  const step = writtenStep(loop, wanted, around);
  return {
    lines: around.library.scan === 'loop' ? overLists(loop, step, around) : scanned(loop, step, around),
    named: step.made.flatMap(({ nodes, name }) => nodes.map((node) => [node, name] as const)),
  };
}

const listed = (items: readonly string[]): string => items.join(', ');

function overLists({ backward }: Loop, step: WrittenStep, { library, own, length }: Around): string[] {
  const { lines, made } = step;
  const steps = own('steps');
  const inner = [...lines, ...step.next, ...made.map(({ name }) => name)].join('\n');
  // A state that nothing in a step reads is not carried.
  const carried = step.before.map((_, k) => k).filter((k) => mentions(inner, step.before[k]!));
  const [before, starts, next] = [step.before, step.starts, step.next].map((list) => carried.map((k) => list[k]!));
  const assigned = (values: readonly string[]): string[] =>
    carried.length > 0 ? [`${listed(before!)} = ${listed(values)}`] : [];
  const time = own('t');
  return [
    ...assigned(starts!),
    `${steps} = []`,
    `for ${mentions(inner, time) ? time : '_'} in ${backward ? `reversed(range(${length}))` : `range(${length})`}:`,
    ...lines.map((line) => `    ${line}`),
    `    ${steps}.append(${together(made.map(({ name }) => name))})`,
    ...assigned(next!).map((line) => `    ${line}`),
    ...stackedLines(made, backward ? `${steps}[::-1]` : steps, library),
  ];
}

/** The values of all steps, each kind along its axis. */
function stackedLines(made: WrittenStep['made'], steps: string, library: PythonLibrary): string[] {
  const along = (list: string, axis: number): string =>
    `${library.prefix}stack(${list}${axis === 0 ? '' : `, ${library.strict ? 'dim' : 'axis'}=${axis}`})`;
  const names = listed(made.map(({ name }) => name));
  const axes = [...new Set(made.map(({ axis }) => axis))];
  if (made.length === 1) return [`${names} = ${along(steps, axes[0]!)}`];
  if (axes.length === 1) return [`${names} = (${along('each', axes[0]!)} for each in zip(*${steps}, strict=True))`];
  return [`${names} = zip(*${steps}, strict=True)`, ...made.map(({ name, axis }) => `${name} = ${along(name, axis)}`)];
}

function scanned(loop: Loop, step: WrittenStep, around: Around): string[] {
  const { states, slices } = loop;
  const { before, entries, lines, next, made } = step;
  const { prefix } = around.library;
  const name = around.names.fresh(nameOf(step));
  const carried = states.length === 1 ? before[0]! : around.own('before');
  const now = slices.length === 0 ? '_' : slices.length === 1 ? entries[0]! : around.own('now');
  return [
    '',
    `def ${name}(${carried}, ${now}):`,
    ...(states.length === 1 ? [] : [`    ${listed(before)} = ${carried}`]),
    ...(slices.length > 1 ? [`    ${listed(entries)} = ${now}`] : []),
    ...lines.map((line) => `    ${line}`),
    `    return ${together(next)}, ${together(made.map((one) => one.name))}`,
    '',
    ...scanLines(name, loop, step, around),
    ...made.flatMap(({ name: own, axis }) => (axis > 0 ? [`${own} = ${prefix}moveaxis(${own}, 0, ${axis})`] : [])),
  ];
}

/** What a function that does a step is called: `h_step`. */
function nameOf({ stems }: WrittenStep): string {
  const called = stems.filter((stem) => `_${stem}` !== BACK).map((stem) => stem.replace(BACK, ''));
  return `${called.length > 0 ? called.join('_') : stems[0]!}_step`;
}

/** The call that scans, what it is given on lines of their own where it would be too long. */
function scanLines(name: string, { slices, backward }: Loop, step: WrittenStep, { library, own, length }: Around): string[] {
  const { starts, sources, made } = step;
  const over = slices.map(({ axis }, k) => (axis === 0 ? sources[k]! : `${library.prefix}moveaxis(${sources[k]}, ${axis}, 0)`));
  const kept = together(made.map((one) => one.name));
  const ways = backward ? ['reverse=True'] : [];
  const call = (start: string, arrays: string): string =>
    `_, ${kept} = jax.lax.scan(${listed([name, start, slices.length > 0 ? arrays : `None, ${length}`, ...ways])})`;
  const [start, arrays] = [own('start'), own('over')];
  const short = call(together(starts), together(over));
  if (short.length <= LONGEST_LINE) return [short];
  return [
    `${start} = ${together(starts)}`,
    ...(over.length > 1 ? [`${arrays} = ${together(over)}`] : []),
    call(start, over.length > 1 ? arrays : over[0]!),
  ];
}
