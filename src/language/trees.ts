import { partsOf, subexpressions } from './parts.ts';
import type { Expr } from './tree.ts';

/** Trees that are compared and rewritten as wholes. */

/** What a tree says besides its parts. */
function ownText(e: Expr): string {
  switch (e.kind) {
    case 'number':
      return e.text;
    case 'name':
      return e.name;
    case 'call':
      return e.callee;
    case 'indexed':
      return `${e.callee} ${e.indices.map((i) => i.name).join()}`;
    case 'bracket':
      return e.rows.map((row) => row.length).join();
    case 'subscripted':
      return e.subscripts.map((s) => (s.kind === 'binder' ? s.index.name : s.kind)).join();
  }
}

/** The ends of what indices run over, which are no parts of the body. */
const boundsOf = (e: Expr): readonly Expr[] =>
  e.kind === 'indexed' ? e.indices.flatMap(({ from, to }) => [from, to].filter((end) => end !== undefined)) : [];

/** The trees below a root, parts before wholes. */
const upwards = (root: Expr): Expr[] => [...subexpressions([root])].reverse();

/** Tells equal trees by equal numbers. */
export class Numbering {
  private readonly numbers = new Map<string, number>();
  private readonly known = new Map<Expr, number>();
  /** Whether terms and factors may stand in any order. */
  private readonly anyOrder: boolean;

  constructor({ anyOrder = false }: { readonly anyOrder?: boolean } = {}) {
    this.anyOrder = anyOrder;
  }

  of(root: Expr): number {
    for (const e of upwards(root)) {
      if (this.known.has(e)) continue;
      const below = [...partsOf(e).map((part) => this.known.get(part)!), ...boundsOf(e).map((end) => this.of(end))];
      if (this.anyOrder && e.kind === 'call' && ANY_ORDER.has(e.callee)) below.sort((a, b) => a - b);
      const key = `${e.kind} ${ownText(e)} ${below.join()}`;
      const number = this.numbers.get(key) ?? this.numbers.size;
      this.numbers.set(key, number);
      this.known.set(e, number);
    }
    return this.known.get(root)!;
  }

  /** Whether a tree stands somewhere in another one. */
  contains(whole: Expr, part: Expr): boolean {
    this.of(whole);
    const wanted = this.of(part);
    return upwards(whole).some((e) => this.known.get(e) === wanted);
  }
}

const ANY_ORDER = new Set(['+', '*']);

/** The same but for the order of terms and factors. */
export function isSame(a: Expr, b: Expr): boolean {
  const numbers = new Numbering({ anyOrder: true });
  return numbers.of(a) === numbers.of(b);
}

/** How many numbers and names it has; a fraction of two numbers is one. */
export function leaves(root: Expr): number {
  const counts = new Map<Expr, number>();
  for (const e of upwards(root)) {
    const parts = partsOf(e);
    const isOne = e.kind === 'call' && parts.every((part) => part.kind === 'number');
    counts.set(
      e,
      isOne
        ? 1
        : Math.max(
            1,
            parts.reduce((n, part) => n + counts.get(part)!, 0),
          ),
    );
  }
  return counts.get(root)!;
}

/** The tree with names in place of others, indices included. */
export function renamed(root: Expr, change: ReadonlyMap<string, string>): Expr {
  if (change.size === 0) return root;
  const own = (name: string): string => change.get(name) ?? name;
  const done = new Map<Expr, Expr>();
  for (const e of upwards(root)) {
    const made = rebuilt(e, (part) => done.get(part)!);
    if (made.kind === 'name') done.set(e, { ...made, name: own(made.name) });
    else if (made.kind === 'indexed')
      done.set(e, { ...made, indices: made.indices.map((index) => ({ ...index, name: own(index.name) })) });
    else done.set(e, made);
  }
  return done.get(root)!;
}

/** The tree with some of its parts replaced; what is put in stays as it is. */
export function replaced(root: Expr, replacement: (e: Expr) => Expr | undefined): Expr {
  const done = new Map<Expr, Expr>();
  const image = (e: Expr): Expr => done.get(e)!;
  for (const e of upwards(root)) done.set(e, replacement(e) ?? rebuilt(e, image));
  return image(root);
}

function rebuilt(e: Expr, image: (part: Expr) => Expr): Expr {
  if (partsOf(e).every((part) => image(part) === part)) return e;
  switch (e.kind) {
    case 'number':
    case 'name':
      return e;
    case 'call':
    case 'indexed':
      return { ...e, args: e.args.map(image) };
    case 'bracket':
      return { ...e, rows: e.rows.map((row) => row.map(image)) };
    case 'subscripted':
      return {
        ...e,
        target: image(e.target),
        subscripts: e.subscripts.map((s) => (s.kind === 'at' ? { ...s, index: image(s.index) } : s)),
      };
  }
}
