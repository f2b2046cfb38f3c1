import { namesWithin, visitExpressions } from '../parts.ts';
import type { Expr, IndexBinder, Source, Subscripted } from '../tree.ts';

/**
 * `sum[i=1:n](x[i]^2)` alone does not say that x is an array, which LaTeX and Python need not say either. The declarations
 * that it takes, of every name in it: what is declared in a source is all that there is.
 * @returns undefined for a source that has declarations, or needs none
 */
export function missingDeclarations({ statements, text }: Source): string | undefined {
  const defined = new Set<string>();
  const indices = new Map<string, string>();
  const written = ({ span }: Expr) => text.slice(span.start, span.end).trim();
  const bounds = new Set<string>();
  const open = ({ name, from, to }: IndexBinder) => {
    // What runs from 2, or to one before the end, as beside x[t + 1], runs over an array all the same.
    const [, end] = (from && to && /^[1-9]/.test(written(from)) && LAST.exec(written(to))) || [];
    indices.set(name, end ?? indices.get(name) ?? '');
    for (const bound of [from, to]) if (bound) for (const size of namesWithin(bound)) bounds.add(size);
  };
  for (const statement of statements) {
    if (statement.kind === 'declaration' || statement.kind === 'function') return undefined;
    if (statement.kind !== 'objective') defined.add(statement.name);
    if (statement.kind !== 'entries') continue;
    for (const place of statement.subscripts)
      if (place.kind === 'at' && place.index.kind === 'name') indices.set(place.index.name, '');
      else if (place.kind === 'binder') open(place.index);
      else if (place.kind !== 'at') return undefined;
  }
  // `g[T] = 1` beside steps up to T gives an entry, not all of them.
  for (const bound of bounds) if (indices.get(bound) === '') indices.delete(bound);
  const names = new Set<string>();
  const arrays: (Subscripted & { readonly target: { readonly kind: 'name'; readonly name: string } })[] = [];
  visitExpressions(statements, (expr) => {
    if (expr.kind === 'name') names.add(expr.name);
    if (expr.kind === 'indexed') for (const index of expr.indices) open(index);
    if (expr.kind === 'subscripted' && expr.target.kind === 'name' && !defined.has(expr.target.name))
      arrays.push(expr as (typeof arrays)[number]);
  });
  const unknown = [...bounds].filter((name) => !defined.has(name) && !indices.has(name) && !CONSTANTS.has(name));
  if (arrays.length === 0) return unknown.map((name) => `${name} = 3`).join('; ') || undefined;
  const letters = LETTERS.filter((l) => !names.has(l) || bounds.has(l) || [...indices.values()].includes(l));
  const lengths = new Map<string, string>();
  const lengthOf = (place: string): string => {
    const known = indices.get(place) || lengths.get(place);
    if (known) return known;
    const taken = new Set([...indices.values(), ...lengths.values()]);
    const letter = letters.find((l) => !taken.has(l)) ?? `n_${place}`;
    lengths.set(place, letter);
    return letter;
  };
  const shapes = new Map<string, readonly string[]>();
  for (const { target, subscripts } of arrays) {
    // `f[x]` is a call elsewhere, and `Table[…]` too.
    const outside = subscripts.some(
      (s) =>
        s.kind === 'at' &&
        ((s.index.kind === 'name' && !indices.has(s.index.name)) || (s.index.kind === 'number' && s.index.text === '0')),
    );
    if (outside || /^[A-Z][a-z]{2}/.test(target.name)) return undefined;
    const shape = subscripts.map((s, axis) => {
      // x[t - 1] beside x[t]: the axis is that of t, and that of x[2*t] is longer.
      const running = s.kind === 'at' && isMoved(s.index) ? [...namesWithin(s.index)].filter((name) => indices.has(name)) : [];
      return lengthOf(running.length === 1 ? running[0]! : `${target.name}_${axis}`);
    });
    const other = shapes.get(target.name);
    if (other && other.length !== shape.length) return undefined;
    if (!other) shapes.set(target.name, shape);
  }
  const sizes = new Set([...indices.values(), ...lengths.values()]);
  if (unknown.some((name) => !sizes.has(name))) return undefined;
  const scalars = [...names].filter(
    (name) => !shapes.has(name) && !defined.has(name) && !indices.has(name) && !sizes.has(name) && !CONSTANTS.has(name),
  );
  const declared = [...[...shapes].map(([name, shape]) => `${name} : [${shape.join(', ')}]`), ...scalars];
  return `param ${declared.join(', ')}`;
}

/** `t`, `t - 1`, `n + 1 - t`. */
const isMoved = (e: Expr): boolean =>
  e.kind === 'name' || e.kind === 'number' || (e.kind === 'call' && /^[+−-]$/.test(e.callee) && e.args.every(isMoved));

/** `n`, `n - 1`, `5`. */
const LAST = /^(\d+|[\p{L}_][\p{L}\p{N}_]*)(?:\s*-\s*\d+)?$/u;

/** What lengths are called. */
const LETTERS: readonly string[] = ['n', 'm', 'k', 'l', 'p', 'q'];
const CONSTANTS: ReadonlySet<string> = new Set(['pi', 'e', 'inf']);
