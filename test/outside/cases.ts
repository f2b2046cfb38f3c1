import { derive, GradusError } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import type { Statement } from '../../src/language/tree.ts';
import type { Draw } from '../../src/numeric/random.ts';
import { printStatements } from '../../src/render/text.ts';
import { corpus, type Source } from '../support/corpus.ts';
import { grouped } from '../support/grouped.ts';
import { type Change, slips, sourceChanges } from './mutations.ts';
import { byEntries, byIndices, laws } from './rewritings.ts';

/** A partial derivative that is printed. */
export interface Case {
  readonly source: Source;
  readonly name: string;
  readonly text: string;
  readonly shape: readonly (number | string)[];
}

/** A text that is said to be the derivative, and how it was made from it. */
export interface Claim {
  readonly how: string;
  readonly text: string;
}

export const shuffled = <T>(list: readonly T[], draw: Draw): T[] =>
  list
    .map((item) => ({ item, at: draw.uniform() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

/** Printed derivatives longer than this take the other evaluator too long. */
const LONGEST = 500;

/** The printed partials of the corpus, in random order, the kinds of sources taking turns. */
export function* cases(draw: Draw): Generator<Case> {
  const kinds = grouped(shuffled(corpus, draw), (s) => s.kind);
  for (let left = [...kinds.values()]; left.length > 0; left = left.filter((list) => list.length > 0)) {
    for (const list of left) {
      const source = list.pop()!;
      const wrt = source.wrt.length > 0 ? { wrt: source.wrt } : {};
      const { partials } = derive(source.source, wrt.wrt, { shapes: source.shapes, steps: false });
      const [chosen] = shuffled(Object.entries(partials), draw);
      if (!chosen) continue;
      const [name, partial] = chosen;
      const text = partial.toString();
      if (text.length <= LONGEST) yield { source, name, text, shape: partial.shape };
    }
  }
}

/** Names of the source with the same shape, which may be taken for one another. */
function alikeIn({ source, text }: Case): (name: string) => string[] {
  const shape = (name: string): string => JSON.stringify(source.shapes[name] ?? []);
  const names = [...new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*(?![\p{L}\p{N}_]*[([])/gu) ?? [])];
  const declared = names.filter((name) => name in source.shapes);
  return (name) => (declared.includes(name) ? declared.filter((other) => other !== name && shape(other) === shape(name)) : []);
}

/** One of each kind of change in turn: the rare kinds are not drowned by the frequent ones. */
function spread(changes: Iterable<Change<Statement[]>>, count: number, draw: Draw): Change<Statement[]>[] {
  const kinds = shuffled([...grouped(changes, (c) => c.kind).values()], draw).map((list) => shuffled(list, draw));
  const found: Change<Statement[]>[] = [];
  for (let round = 0; found.length < count && kinds.some((list) => list.length > round); round++) {
    for (const list of kinds) if (list[round] && found.length < count) found.push(list[round]!);
  }
  return found;
}

const written = (tree: readonly Statement[]): string => printStatements(tree);

/** The derivative with one slip in it. */
export function mutated(subject: Case, count: number, draw: Draw): Claim[] {
  const { statements } = parse(subject.text);
  return spread(sourceChanges(statements, slips(alikeIn(subject))), count, draw).map(({ kind, tree }) => ({
    how: kind,
    text: written(tree),
  }));
}

/** The derivative in other words: one to three laws applied, one after the other. */
export function rewritten({ source, text, shape }: Case, count: number, draw: Draw): Claim[] {
  const { statements } = parse(text);
  const rank = (name: string): number | undefined => {
    const shape = source.shapes[name];
    return shape && !shape.includes(1) ? shape.length : undefined;
  };
  const indexed = [...byEntries(statements, shape), ...byIndices(statements, rank)];
  const first = spread([...sourceChanges(statements, laws), ...indexed], count, draw);
  return first.map(({ kind, tree }) => {
    const kinds = [kind];
    let now = tree;
    for (let more = Math.floor(draw.uniform(0, 3)); more > 0; more--) {
      const [next] = shuffled([...sourceChanges(now, laws)], draw);
      if (next) {
        kinds.push(next.kind);
        now = next.tree;
      }
    }
    return { how: kinds.join(', '), text: written(now) };
  });
}

/** Is a text read by our own parser? What is not is no claim. */
export function readable(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (e) {
    if (e instanceof GradusError) return false;
    throw e;
  }
}
