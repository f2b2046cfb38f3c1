import type { Graph } from '../graph/graph.ts';
import { indexNamed, namesWithin, subexpressions } from '../language/parts.ts';
import type { EntryAssignment, Expr, Source, Subscript } from '../language/tree.ts';
import { Numbering, replaced } from '../language/trees.ts';
import { ACTIVATIONS } from '../model/pauses.ts';
import { operatorNamed } from '../operators/index.ts';
import { allNames } from './written.ts';

/** The steps of recurrences as a derivation tells them: what a function is applied to has a name of its own. */
export interface StepsWithPauses {
  /** `s[t=1:T] = U·h[t−1] + v·x[t]`, `h[t=1:T] = tanh(s[t])`. */
  readonly statements: readonly EntryAssignment[];
  /** The names that the source does not have. */
  readonly implied: ReadonlySet<string>;
}

/** One such name stands alone; of several each goes with what it is for: zf for f. */
const ALONE = ['s', 'z', 'u', 'q'];
const STEMS = ['z', 'a', 'u', 's'];

/** Whether a name, or that of its adjoint, means something in a source. */
export function takenIn(source: Source, { names }: Graph): (name: string) => boolean {
  let occurring: ReadonlySet<string> | undefined;
  return (name) => {
    occurring ??= allNames(source);
    return [name, `d${name}`].some((n) => occurring!.has(n) || names.has(n));
  };
}

/** @param isTaken whether the source, or the graph, has a name */
export function withPausesInSteps(group: readonly EntryAssignment[], isTaken: (name: string) => boolean): StepsWithPauses {
  const numbers = new Numbering({ anyOrder: true });
  const inputs = group.map((s) => inputsOf(s, numbers));
  const count = inputs.flat().length;
  const implied = new Set<string>();
  if (count === 0) return { statements: group, implied };
  const names = count === 1 ? [alone(isTaken)] : beside(group, inputs, isTaken);
  const next = names.values();
  const statements = group.flatMap((s, k) => {
    const given = new Map(inputs[k]!.map((input) => [numbers.of(input), next.next().value!] as const));
    for (const name of given.values()) implied.add(name);
    const put = (expr: Expr): Expr | undefined => {
      const name = expr.kind === 'call' ? given.get(numbers.of(expr)) : undefined;
      return name === undefined ? undefined : entryOf(s, name, expr);
    };
    const own = inputs[k]!.map((input): EntryAssignment => {
      const value = replaced(input, (expr) => (expr === input ? undefined : put(expr)));
      return { ...s, name: given.get(numbers.of(input))!, value };
    });
    return [...own, given.size > 0 ? { ...s, value: replaced(s.value, put) } : s];
  });
  return { statements, implied };
}

const alone = (isTaken: (name: string) => boolean): string =>
  ALONE.find((name) => !isTaken(name)) ?? numbered(ALONE[0]!, isTaken);

/** Names by what is computed, under one letter: zf, zi, zo; two of one statement are numbered. */
function beside(
  group: readonly EntryAssignment[],
  inputs: readonly (readonly Expr[])[],
  isTaken: (name: string) => boolean,
): string[] {
  const under = (stem: string): string[] =>
    group.flatMap((s, k) => inputs[k]!.map((_, n) => `${stem}${s.name}${inputs[k]!.length > 1 ? n + 1 : ''}`));
  const stem = STEMS.find((letter) => !isTaken(letter) && !under(letter).some(isTaken));
  const names = under(stem ?? STEMS[0]!);
  return stem ? names : names.map((name) => numbered(`${name}_`, isTaken));
}

function numbered(stem: string, isTaken: (name: string) => boolean): string {
  let k = 1;
  while (isTaken(`${stem}${k}`)) k++;
  return `${stem}${k}`;
}

/**
 * What functions of layers are applied to in a step, where it is a sum of products that changes from step to step: each once,
 * those within others before them.
 */
function inputsOf(s: EntryAssignment, numbers: Numbering): Expr[] {
  const indices = s.subscripts.map(indexNamed);
  const known = new Set<number>();
  const found: Expr[] = [];
  /** Those whose parts are being looked through. */
  const around: Expr[] = [];
  // What a sum binds has no meaning outside of it: only calls are gone into.
  const open: Expr[] = [s.value];
  for (let expr = open.pop(); expr; expr = open.pop()) {
    if (expr.kind !== 'call') continue;
    open.push(...expr.args.toReversed());
    const [input] = expr.args;
    const operator = operatorNamed.get(expr.callee);
    if (!operator || !ACTIVATIONS.has(operator) || !input || known.has(numbers.of(input)) || !isLayer(input, indices)) continue;
    known.add(numbers.of(input));
    while (around.length > 0 && !numbers.contains(around.at(-1)!, input)) found.push(around.pop()!);
    around.push(input);
  }
  return [...found, ...around.toReversed()];
}

/** A product is taken, and every index of the definition is there, so that it has the same axes. */
function isLayer(input: Expr, indices: readonly (string | undefined)[]): boolean {
  const parts = [...subexpressions([input])];
  const isProduct = (expr: Expr): boolean =>
    expr.kind === 'call' && expr.callee === '*' && expr.args.filter((a) => a.kind !== 'number').length > 1;
  if (!parts.some(isProduct)) return false;
  const names = namesWithin(input);
  const read = new Set(parts.flatMap((e) => (e.kind === 'subscripted' ? e.subscripts.flatMap(namesIn) : [])));
  return indices.every((index) => index !== undefined && names.has(index) && read.has(index));
}

const namesIn = (subscript: Subscript): string[] => (subscript.kind === 'at' ? [...namesWithin(subscript.index)] : []);

/** A quantity of a step at the entry that is defined: zf[t]. */
function entryOf({ subscripts }: EntryAssignment, name: string, { span }: Expr): Expr {
  const places = subscripts.map(
    (sub): Subscript => ({ kind: 'at', index: { kind: 'name', name: indexNamed(sub)!, span }, span }),
  );
  return { kind: 'subscripted', target: { kind: 'name', name, span }, subscripts: places, span };
}
