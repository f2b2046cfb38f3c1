import type { Identifiers } from '../../compile/targets/identifiers.ts';
import type { Node, Slice, Variable } from '../../graph/node.ts';
import type { Line } from '../dialect.ts';
import type { Loop, LoopState, Made } from '../loops/unroll.ts';
import type { PythonLibrary } from './language.ts';
import { together } from './product.ts';

/** One step of a loop. */

/** Longer expressions are cut into named parts. */
const LONGEST = 64;
export const LONGEST_LINE = 96;

/** Of the name of what comes back from the step after. */
export const BACK = '_back';

/** The statements of one step. */
interface StepBody {
  readonly lines: readonly string[];
  /** @returns what each of the roots is within the step */
  step(roots: readonly Node[]): string[];
  nameOf(node: Node): string | undefined;
}

/** What a loop asks of the function that it stands in. */
export interface Around {
  readonly library: PythonLibrary;
  readonly names: Identifiers;
  /** A name that all loops of a function share. */
  readonly own: (name: string) => string;
  readonly lines: readonly Line[];
  readonly length: string;
  readonly whole: (node: Node) => string;
  /** What a step starts from, as an array of its own type. */
  readonly start: (node: Node) => string;
  readonly inside: (lines: readonly Line[], given: readonly (readonly [Node, string])[]) => StepBody;
}

/** What is kept of each step. */
interface Kept {
  readonly name: string;
  /** Along which the values of all steps lie. */
  readonly axis: number;
  /** The quantities outside that these are. */
  readonly nodes: readonly Node[];
}

/** A step as statements, and what goes in and comes out. */
export interface WrittenStep {
  /** What people call each of the states. */
  readonly stems: readonly string[];
  /** The names of what a step starts from, and what they stand for before the first. */
  readonly before: readonly string[];
  readonly starts: readonly string[];
  /** The arrays whose entries it reads, and what an entry of each is called. */
  readonly sources: readonly string[];
  readonly entries: readonly string[];
  readonly lines: readonly string[];
  /** What the next step starts from. */
  readonly next: readonly string[];
  readonly made: readonly Kept[];
}

/** @param wanted what the loop makes for those outside */
export function writtenStep(loop: Loop, wanted: readonly (readonly [Node, Made])[], around: Around): WrittenStep {
  const { names, lines: told } = around;
  const { states, slices } = loop;
  const stems = states.map((state) => stemOf(state, told));
  const before = namesBefore(states, stems, names);
  const { sources, entries } = readBy(slices, around);
  const starts = states.map(({ init }) => around.start(init));
  const inside = around.inside(
    told.map((line) => explained(line, states)),
    [
      ...states.map((state, k): [Variable, string] => [state.before, before[k]!]),
      ...slices.map(({ variable }, k): [Variable, string] => [variable, entries[k]!]),
    ],
  );
  const outputs = outputsOf(wanted, told);
  const texts = inside.step([...states.map(({ next }) => next), ...outputs.map(({ inner }) => inner)]);
  const lines = inside.lines.map((line) => line.replace(/^ {4}/, ''));
  const named = (root: Node, text: string, wish?: string): string => {
    const known = inside.nameOf(root);
    if (known !== undefined && isName(known)) return known;
    const name = wish === undefined ? names.numbered('t') : names.fresh(wish);
    lines.push(`${name} = ${text}`);
    return name;
  };
  const made = outputs.map(({ inner, axis, nodes }, k) => ({ name: named(inner, texts[states.length + k]!), axis, nodes }));
  // What returns shares a line with what is kept.
  const room = LONGEST_LINE - together(made.map(({ name }) => name)).length;
  const longest = states.length * LONGEST > room ? LONGEST / 4 : LONGEST;
  const next = states.map(({ next: root }, k) => {
    const at = outputs.findIndex(({ inner }) => inner === root);
    if (at >= 0) return made[at]!.name;
    const text = texts[k]!;
    return text.length <= longest ? text : named(root, text, `${stems[k]}_next`);
  });
  return { stems, before, starts, sources, entries, lines, next, made };
}

/** `h_before`; what was newest a step ago, h[t − 2] beside h[t − 1], is `h_before_before`. */
const namesBefore = (states: readonly LoopState[], stems: readonly string[], names: Identifiers): string[] =>
  stems.map((stem, k) => {
    const newer = states.findIndex((state) => state.before === states[k]!.next);
    const plain = newer < 0 ? stem : `${stems[newer]}_before`;
    return names.fresh(`_${plain}`.endsWith(BACK) ? plain : `${plain}_before`);
  });

/** Entry t of an array is read at its place, or handed to the step. */
function readBy(slices: readonly Slice[], { library, names, own, whole }: Around): Pick<WrittenStep, 'sources' | 'entries'> {
  const time = library.scan === 'loop' ? own('t') : undefined;
  const sources = slices.map(({ source }) => whole(source));
  const entries = slices.map(({ axis }, k) => {
    const source = sources[k]!;
    if (time === undefined) return names.fresh(isName(source) ? `${source}_t` : 'now');
    return `${source}[${[...Array.from({ length: axis }, () => ':'), time].join(', ')}]`;
  });
  return { sources, entries };
}

/** What a step is to keep: what has a name first, as it is told. */
function outputsOf(wanted: readonly (readonly [Node, Made])[], told: readonly Line[]) {
  // What is asked for once may be known under several names outside.
  const outputs = new Map<Node, { readonly inner: Node; readonly axis: number; readonly nodes: Node[] }>();
  for (const [node, { inner, axis }] of wanted) {
    const known = outputs.get(inner) ?? { inner, axis, nodes: [] };
    known.nodes.push(node);
    outputs.set(inner, known);
  }
  const ranks = new Map(told.map(({ node }, k) => [node, k]));
  const rank = (node: Node): number => ranks.get(node) ?? told.length;
  return [...outputs.values()].sort((a, b) => rank(a.inner) - rank(b.inner));
}

const isName = (text: string): boolean => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text);

/** What people call what a step carries: the state's name, or that of the quantity that it is a part of. */
function stemOf({ name, before, next }: LoopState, lines: readonly Line[]): string {
  const own = lines.find(({ node }) => node === next)?.name ?? name;
  if (own !== undefined) return own;
  const whole = lines.find(({ node }) => partsOf(bare(node)).includes(before));
  return whole ? `${whole.name}${BACK}` : BACK.slice(1);
}

/** What is too long for a formula: the sum of what a quantity gets directly and by way of the next step. */
function explained(line: Line, states: readonly LoopState[]): Line {
  if (line.formula !== '' || !states.some(({ before }) => partsOf(bare(line.node)).includes(before))) return line;
  return { ...line, formula: `${line.name}: what comes from this step, and what comes back from the next one` };
}

const bare = (node: Node): Node => (node.kind === 'definition' ? node.value : node);
const partsOf = (node: Node): readonly Node[] => (node.kind === 'sum' ? node.terms : []);
