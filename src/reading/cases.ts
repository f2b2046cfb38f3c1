import { indexNamed } from '../language/parts.ts';
import type { Expr, Subscript } from '../language/tree.ts';
import { Numbering } from '../language/trees.ts';
import { allOf, type Case, chosen, type IndexForm } from './index-form.ts';
import { call, isCall, numeralOf } from './syntax.ts';

/**
 * Several arrays by entries added as one: what holds under the same conditions is said together, and entries at places of
 * their own as cases, `i == 1 ? a : i == 2 ? b : 0`. Undefined where their indices go by other names.
 */
export function addedForms(forms: readonly IndexForm[]): Omit<IndexForm, 'where'> | undefined {
  const [first, ...more] = forms;
  if (!first || !more.every((form) => sameIndices(form.subscripts, first.subscripts))) return undefined;
  const subscripts = first.subscripts.map(
    (s, axis) => forms.map((f) => f.subscripts[axis]!).find((t) => t.kind === 'binder') ?? s,
  );
  const numbering = new Numbering();
  const added = grouped(
    forms.map(({ where }) => where),
    numbering,
  ).map(({ conditions, values }): Case => ({ conditions, value: sumOf(values) }));
  const places = placesOf(added, numbering);
  const entries = places ? casesOf(places) : sumOf(added.map((one) => chosen(one)));
  return { entries, subscripts };
}

/** Values by what they hold under, those of the same conditions together. */
function grouped<V>(cases: readonly Held<V>[], numbering: Numbering): (Pick<Held<V>, 'conditions'> & { readonly values: V[] })[] {
  const groups = new Map<string, { readonly conditions: readonly Expr[]; readonly values: V[] }>();
  for (const { conditions, value } of cases) {
    const key = conditions
      .map((c) => numbering.of(c))
      .sort((a, b) => a - b)
      .join();
    const known = groups.get(key);
    if (known) known.values.push(value);
    else groups.set(key, { conditions, values: [value] });
  }
  return [...groups.values()];
}

/** What a value holds under. */
export interface Held<V> {
  readonly conditions: readonly Expr[];
  readonly value: V;
}

/** Values added up that each hold at a place of their own: `i == 1 ? a : i == 2 ? b : 0`. Undefined where they do not. */
export function placedCases<V>(held: readonly Held<V>[], add: (values: readonly V[]) => Expr): Expr | undefined {
  const numbering = new Numbering();
  const groups = grouped(held, numbering);
  if (groups.length < 2) return undefined;
  const places = placesOf(
    groups.map(({ conditions, values }): Case => ({ conditions, value: add(values) })),
    numbering,
  );
  return places && casesOf(places);
}

const casesOf = (places: readonly Case[]): Expr =>
  places.reduceRight<Expr>(
    (otherwise, { conditions, value }) => call('where', allOf(conditions), value, otherwise),
    numeralOf(0),
  );

const sumOf = (terms: readonly Expr[]): Expr => (terms.length === 1 ? terms[0]! : call('+', ...terms));

const sameIndices = (a: readonly Subscript[], b: readonly Subscript[]): boolean =>
  a.length === b.length && a.every((s, axis) => indexNamed(s) !== undefined && indexNamed(s) === indexNamed(b[axis]!));

/** The cases in the order of their places, if each says that the same indices are numbers of their own. */
function placesOf(cases: readonly Case[], numbering: Numbering): Case[] | undefined {
  const told = cases.flatMap((one) => {
    const places = one.conditions.flatMap((condition) => {
      const [index, place] = isCall(condition, '==') ? condition.args : [];
      return index && place?.kind === 'number' ? [{ index: numbering.of(index), place: Number(place.text) }] : [];
    });
    const isAll = places.length > 0 && places.length === one.conditions.length;
    return isAll ? [{ one, places: places.sort((a, b) => a.index - b.index) }] : [];
  });
  const key = ({ places }: (typeof told)[number]): string => places.map(({ index }) => index).join();
  if (told.length < cases.length || told.some((own) => key(own) !== key(told[0]!))) return undefined;
  const order = (a: (typeof told)[number], b: (typeof told)[number]): number =>
    a.places.map(({ place }, k) => place - b.places[k]!.place).find((d) => d !== 0) ?? 0;
  return told.sort(order).map(({ one }) => one);
}
