import type { Expr, Subscript } from '../language/tree.ts';

/** Trees as wholes of parts; loops, so that depth is no limit. */

const inSubscript = (s: Subscript): readonly (Expr | undefined)[] => {
  if (s.kind === 'at') return [s.index];
  return s.kind === 'range' ? [s.from, s.to] : [s.index.from, s.index.to];
};

function partsOf(e: Expr): readonly (Expr | undefined)[] {
  switch (e.kind) {
    case 'number':
    case 'name':
      return [];
    case 'call':
      return e.args;
    case 'indexed':
      return [...e.args, ...e.indices.flatMap((i) => [i.from, i.to])];
    case 'bracket':
      return e.rows.flat();
    case 'subscripted':
      return [e.target, ...e.subscripts.flatMap(inSubscript)];
  }
}

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

/** The trees below a root, parts before wholes. */
function below(root: Expr): Expr[] {
  const order: Expr[] = [];
  const open = [root];
  for (let e = open.pop(); e; e = open.pop()) {
    order.push(e);
    for (const part of partsOf(e)) if (part) open.push(part);
  }
  return order.reverse();
}

/** Tells equal trees by equal numbers. */
export class Numbering {
  private readonly numbers = new Map<string, number>();
  private readonly known = new Map<Expr, number>();

  of(root: Expr): number {
    for (const e of below(root)) {
      if (this.known.has(e)) continue;
      const key = `${e.kind} ${ownText(e)} ${partsOf(e)
        .map((part) => (part ? this.known.get(part) : ''))
        .join()}`;
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
    return below(whole).some((e) => this.known.get(e) === wanted);
  }
}

/** The tree with some of its parts replaced; what is put in stays as it is. */
export function replaced(root: Expr, replacement: (e: Expr) => Expr | undefined): Expr {
  const done = new Map<Expr, Expr>();
  const image = (e: Expr): Expr => done.get(e)!;
  for (const e of below(root)) done.set(e, replacement(e) ?? rebuilt(e, image));
  return image(root);
}

function rebuilt(e: Expr, image: (part: Expr) => Expr): Expr {
  if (partsOf(e).every((part) => !part || image(part) === part)) return e;
  switch (e.kind) {
    case 'number':
    case 'name':
      return e;
    case 'call':
      return { ...e, args: e.args.map(image) };
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
