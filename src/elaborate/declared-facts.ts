import type { Dim, Shape } from '../graph/dimension.ts';
import { GradusError, nearest } from '../language/diagnostics.ts';
import { rangeOf } from '../language/ranges.ts';
import type { Declaration, Name, Span, Statement } from '../language/tree.ts';
import { type Broken, type Fact, type FactRecord, factRecords, range } from '../operators/facts.ts';
import { dimension } from './dimensions.ts';

/** The facts of a declaration, and values held against them. */

const records: ReadonlyMap<string, FactRecord> = new Map(factRecords.map((record) => [record.name, record]));

/**
 * The facts that a declaration names, in order, each once.
 * @param shape as declared, or as the value in the source has it
 * @param shared the axes that other data have too: they count examples, of each of which a fact without an axis speaks
 * @throws GradusError `name` for a word that is none, `argument` or `shape` where what is declared cannot have it
 */
export function declaredFacts(s: Declaration, shape: Shape, shared: ReadonlySet<Dim>): Fact[] {
  const facts = new Map<string, Fact>();
  for (let k = 0; k < s.facts.length; k++) {
    const word = s.facts[k]!;
    const record = records.get(word.name) ?? rangeRecord(word);
    if (!record) throw unknown(word);
    const next = s.facts[k + 1];
    const along = record.along && next && !records.has(next.name) ? next : undefined;
    if (along) k++;
    const fact = declared(s, shape, record, word, along, shared);
    facts.set(fact.text, fact);
  }
  return [...facts.values()];
}

/** Names of lengths that other data are declared with. */
export function dimensionsOfOtherData(s: Declaration, statements: readonly Statement[]): ReadonlySet<Dim> {
  if (s.role !== 'data' || s.facts.length === 0) return new Set();
  const others = statements.flatMap((o) => (o.kind === 'declaration' && o.role === 'data' && o !== s ? [o] : []));
  return new Set(others.flatMap((o) => (o.shape?.dims.map(dimension) ?? []).filter((dim) => typeof dim === 'string')));
}

/** @throws GradusError `argument` for a range with nothing in it */
function rangeRecord({ name, span }: Name): FactRecord | undefined {
  const bounds = rangeOf(name);
  if (!bounds) return undefined;
  if (bounds.least < bounds.most) return range(name, bounds.least, bounds.most);
  throw new GradusError('argument', `nothing lies ${name}`, { span, hint: `in ${bounds.most}..${bounds.least}` });
}

function declared(
  s: Declaration,
  shape: Shape,
  record: FactRecord,
  word: Name,
  along: Name | undefined,
  shared: ReadonlySet<Dim>,
): Fact {
  if (record.instead && s.role === 'param') {
    const hint = record.instead(s.name);
    throw new GradusError('argument', `only what is given can be declared ${record.name}`, { span: word.span, hint });
  }
  const misfit = record.misfit?.(shape);
  if (misfit)
    throw new GradusError('shape', `${s.name} : ${listed(shape)} cannot be ${record.name}: ${misfit}`, { span: word.span });
  if (!record.along) return { record, text: record.name };
  const [own, ...more] = shape.flatMap((dim, at) => (dim === 1 || shared.has(dim) ? [] : [at]));
  const isClear = !along && own !== undefined && more.length === 0 && shape.some((dim) => shared.has(dim));
  const axis = isClear ? own : axisOf(s.name, shape, record, word, along);
  return { record, ...(axis !== undefined && { axis }), text: along ? `${record.name} ${along.name}` : record.name };
}

/**
 * The axis of a fact: `rows` and `cols` as for a reduction, so `distribution rows` is what softmax(Z, rows) gives; or a
 * name of the shape. Undefined stands for all entries together.
 */
function axisOf(name: string, shape: Shape, { name: fact }: FactRecord, word: Name, along: Name | undefined): number | undefined {
  const long = shape.flatMap((dim, axis) => (dim === 1 ? [] : [axis]));
  if (long.length === 0)
    throw new GradusError('shape', `${name} has one entry, so there is nothing for ${fact} to say`, { span: word.span });
  const several = (text: string, span: Span) => {
    const hint =
      shape.length === 2
        ? `${fact} rows: each column sums to 1; ${fact} cols: each row does; ${fact} all: all entries together`
        : `after ${fact} comes the name of an axis, or all`;
    return new GradusError('argument', text, { span, hint });
  };
  if (!along) {
    if (long.length === 1) return long[0]!;
    throw several(`${fact} of ${name} : ${listed(shape)} needs its axis`, word.span);
  }
  if (along.name === 'all') return long.length === 1 ? long[0]! : undefined;
  const named = shape.flatMap((dim, axis) => (dim === along.name ? [axis] : []));
  if (named.length > 1) throw several(`${name} has several axes ${along.name}`, along.span);
  const axis = named[0] ?? (shape.length <= 2 ? { rows: 0, cols: 1, columns: 1 }[along.name] : undefined);
  if (axis === undefined) throw several(`${name} : ${listed(shape)} has no axis ${along.name}`, along.span);
  if (!long.includes(axis)) {
    const hint = `${name} : ${listed(shape)} has one axis to run along: write ${fact} alone`;
    throw new GradusError('shape', `${fact} ${along.name} would make every entry of ${name} 1`, { span: along.span, hint });
  }
  return axis;
}

const listed = (shape: Shape): string => (shape.length === 0 ? 'scalar' : `[${shape.join(', ')}]`);

function unknown({ name, span }: Name): GradusError {
  const names = factRecords.map((record) => record.name);
  const near = nearest(name, names);
  return new GradusError('name', `unknown fact ${name}`, {
    span,
    ...(near ? { note: `did you mean ${near}?` } : { hint: `the facts are ${names.join(', ')}, and ranges: in 0..1` }),
  });
}

/**
 * Holds the values of a name against its facts.
 * @param shape in numbers, with as many axes as declared
 * @throws GradusError `data` with the place of the first contradiction
 */
export function checkFacts(
  { name, facts }: { readonly name: string; readonly facts: readonly Fact[] },
  data: ArrayLike<number>,
  shape: readonly number[],
  span: Span | undefined,
): void {
  for (const fact of facts) {
    const broken = fact.record.broken(data, shape, fact.axis);
    if (!broken) continue;
    throw new GradusError('data', `${place(name, broken, shape, fact.axis)} ${broken.says}`, {
      span,
      hint: otherwise(fact, data, shape) ?? `${name} is declared ${fact.text}`,
    });
  }
}

/** Values that have the fact along another axis. */
function otherwise({ record, axis, text }: Fact, data: ArrayLike<number>, shape: readonly number[]): string | undefined {
  if (shape.length !== 2 || !record.along || axis === undefined || shape.includes(1)) return undefined;
  if (record.broken(data, shape, 1 - axis)) return undefined;
  return `the ${axis === 0 ? 'rows' : 'columns'} would fit: ${record.name} ${axis === 0 ? 'cols' : 'rows'}, not ${text}`;
}

/** `column 2 of Y`, `Y[1, 2]`, `y`. */
function place(name: string, { at, whole }: Broken, shape: readonly number[], axis: number | undefined): string {
  if (shape.every((size) => size === 1) || (whole && axis === undefined)) return name;
  const index: number[] = [];
  for (let k = shape.length - 1, rest = at; k >= 0; k--) {
    index.unshift((rest % shape[k]!) + 1);
    rest = Math.floor(rest / shape[k]!);
  }
  if (!whole) return `${name}[${(shape.length === 2 && shape[1] === 1 ? index.slice(0, 1) : index).join(', ')}]`;
  const others = shape.flatMap((size, k) => (k === axis || size === 1 ? [] : [k]));
  if (others.length === 0) return name;
  const k = index[others[0]!];
  if (shape.length === 2) return axis === 0 ? `column ${k} of ${name}` : `row ${k} of ${name}`;
  return `${name}[${index.map((i, k) => (k === axis ? ':' : i)).join(', ')}]`;
}
