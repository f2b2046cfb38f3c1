import type { Identifiers } from '../../compile/targets/identifiers.ts';
import type { Node, Variable } from '../../graph/node.ts';
import type { Line } from '../dialect.ts';
import type { Loop, LoopState, Made } from '../loops/unroll.ts';
import type { PythonLibrary } from './language.ts';
import { tuple } from './product.ts';

/** Longer expressions are cut into named parts. */
const LONGEST = 64;
const LONGEST_LINE = 96;

/** Of the name of what comes back from the step after. */
const BACK = '_back';

/** The statements of one step. */
interface StepBody {
  readonly lines: readonly string[];
  /** @returns what each of the roots is within the step */
  step(roots: readonly Node[]): string[];
  nameOf(node: Node): string | undefined;
}

/** What a loop asks of the function that it stands in. */
interface Around {
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

interface WrittenLoop {
  readonly lines: readonly string[];
  /** What the names stand for after the loop. */
  readonly named: readonly (readonly [Node, string])[];
}

/** Several as a tuple, one by itself. */
const together = (items: readonly string[]): string => (items.length === 1 ? items[0]! : tuple(items));
const isName = (text: string): boolean => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text);
const listed = (items: readonly string[]): string => items.join(', ');

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

/** A loop as the library has it: over lists of what each step makes, or as a function that is scanned. */
export function writtenLoop(loop: Loop, wanted: readonly (readonly [Node, Made])[], around: Around): WrittenLoop {
  const { library, names, lines: told, length } = around;
  const { states, slices, backward } = loop;
  const stems = states.map((state) => stemOf(state, told));
  const before = stems.map((stem, k) => {
    // What was newest a step ago: h[t − 2] beside h[t − 1].
    const newer = states.findIndex((state) => state.before === states[k]!.next);
    const plain = newer < 0 ? stem : `${stems[newer]}_before`;
    return names.fresh(`_${plain}`.endsWith(BACK) ? plain : `${plain}_before`);
  });
  const isLoop = library.scan === 'loop';
  const time = isLoop ? around.own('t') : '';
  // Entry t of an array is read at its place, or handed to the step.
  const sources = slices.map(({ source }) => around.whole(source));
  const entries = slices.map(({ axis }, k) => {
    const source = sources[k]!;
    if (isLoop) return `${source}[${[...Array.from({ length: axis }, () => ':'), time].join(', ')}]`;
    return names.fresh(isName(source) ? `${source}_t` : 'now');
  });
  const given: [Variable, string][] = [
    ...states.map((state, k): [Variable, string] => [state.before, before[k]!]),
    ...slices.map(({ variable }, k): [Variable, string] => [variable, entries[k]!]),
  ];
  const starts = states.map(({ init }) => around.start(init));
  const inside = around.inside(
    told.map((line) => explained(line, states)),
    given,
  );
  // What is asked for once may be known under several names outside.
  const outputs = new Map<Node, { axis: number; nodes: Node[] }>();
  for (const [node, { inner, axis }] of wanted) {
    const known = outputs.get(inner) ?? { axis, nodes: [] };
    known.nodes.push(node);
    outputs.set(inner, known);
  }
  // What has a name comes first, as it is told.
  const ranks = new Map(told.map(({ node }, k) => [node, k]));
  const rank = (node: Node): number => ranks.get(node) ?? told.length;
  const inner = [...outputs.keys()].sort((a, b) => rank(a) - rank(b));
  const texts = inside.step([...states.map(({ next }) => next), ...inner]);
  const step = inside.lines.map((line) => line.replace(/^ {4}/, ''));
  const named = (root: Node, text: string, wish: string | undefined): string => {
    const known = inside.nameOf(root);
    if (known !== undefined && isName(known)) return known;
    const name = wish === undefined ? names.numbered('t') : names.fresh(wish);
    step.push(`${name} = ${text}`);
    return name;
  };
  const made = inner.map((root, k) => named(root, texts[states.length + k]!, undefined));
  // What returns shares a line with what is kept.
  const longest = states.length * LONGEST > LONGEST_LINE - together(made).length ? LONGEST / 4 : LONGEST;
  const next = states.map(({ next: root }, k) => {
    const at = inner.indexOf(root);
    if (at >= 0) return made[at]!;
    const text = texts[k]!;
    return text.length <= longest ? text : named(root, text, `${stems[k]}_next`);
  });
  const result = {
    named: inner.flatMap((root, k) => outputs.get(root)!.nodes.map((node) => [node, made[k]!] as const)),
  };
  const moved = inner.map((root) => outputs.get(root)!.axis);
  if (isLoop) {
    const steps = around.own('steps');
    const along = (list: string, axis: number): string =>
      `${library.prefix}stack(${list}${axis === 0 ? '' : `, ${library.strict ? 'dim' : 'axis'}=${axis}`})`;
    const ordered = backward ? `${steps}[::-1]` : steps;
    const alike = new Set(moved).size === 1;
    return {
      ...result,
      lines: [
        `${listed(before)} = ${listed(starts)}`,
        `${steps} = []`,
        `for ${time} in ${backward ? `reversed(range(${length}))` : `range(${length})`}:`,
        ...step.map((line) => `    ${line}`),
        `    ${steps}.append(${together(made)})`,
        `    ${listed(before)} = ${listed(next)}`,
        ...(made.length === 1
          ? [`${made[0]} = ${along(ordered, moved[0]!)}`]
          : alike
            ? [`${listed(made)} = (${along('each', moved[0]!)} for each in zip(*${ordered}))`]
            : [`${listed(made)} = zip(*${ordered})`, ...made.map((name, k) => `${name} = ${along(name, moved[k]!)}`)]),
      ],
    };
  }
  const called = stems.filter((stem) => `_${stem}` !== BACK).map((stem) => stem.replace(BACK, ''));
  const name = names.fresh(`${called.length > 0 ? called.join('_') : stems[0]!}_step`);
  const over = slices.map(({ axis }, k) => (axis === 0 ? sources[k]! : `${library.prefix}moveaxis(${sources[k]}, ${axis}, 0)`));
  const carried = states.length === 1 ? before[0]! : around.own('before');
  const now = slices.length === 0 ? '_' : slices.length === 1 ? entries[0]! : around.own('now');
  const ways = backward ? ['reverse=True'] : [];
  const call = (start: string, arrays: string): string =>
    `_, ${together(made)} = jax.lax.scan(${listed([name, start, slices.length > 0 ? arrays : `None, ${length}`, ...ways])})`;
  const short = call(together(starts), together(over));
  const [start, arrays] = [around.own('start'), around.own('over')];
  const scan =
    short.length <= LONGEST_LINE
      ? [short]
      : [
          `${start} = ${together(starts)}`,
          ...(over.length > 1 ? [`${arrays} = ${together(over)}`] : []),
          call(start, over.length > 1 ? arrays : over[0]!),
        ];
  return {
    ...result,
    lines: [
      '',
      `def ${name}(${carried}, ${now}):`,
      ...(states.length === 1 ? [] : [`    ${listed(before)} = ${carried}`]),
      ...(slices.length > 1 ? [`    ${listed(entries)} = ${now}`] : []),
      ...step.map((line) => `    ${line}`),
      `    return ${together(next)}, ${together(made)}`,
      '',
      ...scan,
      ...made.flatMap((one, k) => (moved[k]! > 0 ? [`${one} = ${library.prefix}moveaxis(${one}, 0, ${moved[k]})`] : [])),
    ],
  };
}
