import { expect } from 'vitest';
import { adjointNames } from '../../../src/derivation/names.ts';
import { elaborateWithin } from '../../../src/elaborate/elaborate.ts';
import { type Derivation, GradusError } from '../../../src/index.ts';
import { attempt } from '../../../src/language/attempt.ts';
import { parse } from '../../../src/language/parser.ts';
import { namesWithin, subexpressions, visitExpressions } from '../../../src/language/parts.ts';
import type { Expr, Source } from '../../../src/language/tree.ts';
import { replaced } from '../../../src/language/trees.ts';
import { printExpr } from '../../../src/render/text.ts';
import { equations, numbersOf, stepsOf, worth } from '../../support/worth.ts';

/** What holds for every derivation, whatever it is of. */

export type Step = Derivation['steps'][number];

export const flat = (steps: readonly Step[]): Step[] => steps.flatMap((step) => [step, ...flat(step.substeps ?? [])]);

/** How many rules of calculus a text names; the chain rule goes with any of them. */
const formulasIn = (text: string): number => text.split(/′ = |[^d]\([^)]*\) = /u).length - 1;

/** A line names one rule, and so does a step without lines. */
export function oneRuleEach(derivation: Derivation): void {
  for (const step of flat(derivation.steps)) {
    const lines = step.working ?? [];
    const said = lines.length === 0 ? [step.label] : lines.flatMap(({ remark }) => remark ?? []);
    for (const text of said) expect(formulasIn(text), `${step.target}: ${text}`).toBeLessThanOrEqual(1);
  }
}

/** Expressions as they print, read back within the model. */
class Reading {
  private readonly derivation: Derivation;
  private readonly adjoints: ReturnType<typeof adjointNames>;

  constructor(derivation: Derivation) {
    this.derivation = derivation;
    const told = flat(derivation.steps).flatMap(({ before, after }) => [before.node, after.node]);
    this.adjoints = adjointNames(derivation.model, [...derivation.wrt.map((name) => derivation.partials[name]!.node), ...told]);
  }

  /** How many axes a part of a text has. */
  rank(text: string): number {
    const { model } = this.derivation;
    const within = () => elaborateWithin(model, parse(text, new Set(model.unknowns.keys())), this.adjoints);
    // What has a letter in it is an entry.
    return attempt(within, GradusError)?.objective?.node.shape.length ?? 0;
  }

  /** Names that are known on the page. */
  names(): Set<string> {
    const { model, name, wrt } = this.derivation;
    const quantities = [...model.inputs.values(), ...model.definitions];
    const sizes = quantities.flatMap(({ shape }) => shape).flatMap((dim) => (typeof dim === 'string' ? [dim] : []));
    return new Set([...quantities.map((q) => q.name), ...wrt, ...sizes, ...this.adjoints.keys(), name, 'rows', 'cols']);
  }
}

const spelled = (expr: Expr): string => printExpr(expr, 'ascii');

/** Whether a formula, or what stands after its `where`, has a product of two arrays, each of them more than a number. */
function hasProduct(reading: Reading, text: string): boolean {
  const source = parse(text);
  const letters = lettersOf(source);
  // Arrays that are said by their entries are told by these.
  const placed = new Set(source.statements.flatMap((s) => (s.kind === 'entries' ? [s.name] : [])));
  const isPlaced = (part: Expr): boolean => [...namesWithin(part)].some((name) => placed.has(name));
  const front = (at: number): string => text.slice(0, source.statements[at]!.span.start);
  return source.statements.some((statement, at) => {
    if (statement.kind !== 'objective' && statement.kind !== 'entries') return false;
    const rank = (part: Expr): number => reading.rank(`${front(at)}${spelled(atFirst(part, letters))}`);
    const arrays = (part: Expr): number =>
      part.kind === 'call' && part.callee === '*' ? part.args.filter((arg) => !isPlaced(arg) && rank(arg) > 0).length : 0;
    return [...subexpressions([statement.value])].some((part) => arrays(part) > 1);
  });
}

/** The letters that sums and definitions by entries count by. */
function lettersOf(source: Source): ReadonlySet<string> {
  const letters = new Set<string>();
  for (const statement of source.statements)
    if (statement.kind === 'entries')
      for (const place of statement.subscripts) if (place.kind === 'binder') letters.add(place.index.name);
  visitExpressions(source.statements, (expr) => {
    if (expr.kind === 'indexed') for (const { name } of expr.indices) letters.add(name);
  });
  return letters;
}

/** An entry has the shape that the first one has. */
function atFirst(expr: Expr, letters: ReadonlySet<string>): Expr {
  const isMoving = (place: Expr): boolean => [...namesWithin(place)].some((name) => letters.has(name));
  return replaced(expr, (part) => {
    if (part.kind !== 'subscripted') return undefined;
    const subscripts = part.subscripts.map((place) =>
      place.kind === 'at' && isMoving(place.index) ? { ...place, index: { ...part, kind: 'number' as const, text: '1' } } : place,
    );
    return { ...part, subscripts };
  });
}

/** A dimension check exactly where there is a product of arrays. */
export function checksProducts(derivation: Derivation): void {
  const reading = new Reading(derivation);
  for (const { target, after, shapes, working } of derivation.steps) {
    const text = after.toString();
    expect(shapes !== undefined, `${target} = ${text}`).toBe(hasProduct(reading, text));
    expect(working?.some(({ label }) => label === 'shapes') ?? false, `the shapes of ${target}`).toBe(shapes !== undefined);
  }
}

/** A step uses what an earlier one found; a working ends with what the step says; derivatives left open are found below. */
export function goesOn(derivation: Derivation): void {
  const found = new Set<string>();
  for (const { id, uses } of derivation.steps) {
    if (derivation.model.definitions.length > 0) for (const used of uses) expect(found, `${id} uses ${used}`).toContain(used);
    found.add(id);
  }
  for (const { after, substeps = [] } of flat(derivation.steps)) {
    const text = after.toUnicode();
    for (const below of substeps) expect(text).toContain(below.before.toUnicode());
  }
}

/** What a formula binds by itself: the letters of sums, and what stands after `where`. */
function boundIn(source: Source): Set<string> {
  const bound = new Set<string>();
  for (const statement of source.statements) {
    if (statement.kind === 'assignment' || statement.kind === 'entries') bound.add(statement.name);
    if (statement.kind === 'entries')
      for (const place of statement.subscripts) {
        if (place.kind === 'binder') bound.add(place.index.name);
        if (place.kind === 'at' && place.index.kind === 'name') bound.add(place.index.name);
      }
  }
  visitExpressions(source.statements, (expr) => {
    if (expr.kind === 'indexed') for (const { name } of expr.indices) bound.add(name);
  });
  return bound;
}

/** No name that the page does not know, but where the same line says what it is. */
export function namesAreKnown(derivation: Derivation): void {
  const known = new Reading(derivation).names();
  for (const { target, before, after } of derivation.steps)
    for (const side of [before, after]) {
      const source = parse(side.toString());
      const bound = boundIn(source);
      visitExpressions(source.statements, (expr) => {
        if (expr.kind === 'name')
          expect(known.has(expr.name) || bound.has(expr.name), `${expr.name} in ${target} = ${side}`).toBe(true);
      });
    }
  for (const { target, working } of stepsOf(derivation)) {
    const letters = new Set(working.flatMap(({ left }) => (left ? [...subexpressions([left])] : [])).flatMap(placesIn));
    for (const { right, label } of working) {
      if (typeof right === 'string' || label === 'matrices') continue;
      const bound = boundIn({ text: '', statements: [{ kind: 'objective', sense: 'none', value: right, span: right.span }] });
      for (const name of namesWithin(right))
        expect(known.has(name) || letters.has(name) || bound.has(name) || /^[∂δ]/u.test(name), `${name} in ${target}`).toBe(true);
    }
  }
}

const placesIn = (expr: Expr): string[] =>
  expr.kind === 'subscripted' ? expr.subscripts.flatMap((s) => (s.kind === 'at' ? [...namesWithin(s.index)] : [])) : [];

/** Every step is judged, and every line of a working is worth what stands on its left. */
export function linesHold(source: string, derivation: Derivation): void {
  expect(derivation.verifySteps()).toMatchObject({ ok: true, failed: [] });
  if (derivation.steps.every(({ working }) => working === undefined)) return;
  const known = numbersOf(source, derivation);
  for (const line of stepsOf(derivation).flatMap((step) => equations(step.working))) {
    const like = known.get(line.left);
    // An array as a whole has no letters.
    expect([0, like?.shape.length], `${line.left} is known`).toContain(line.letters.length);
    const found = worth(line, like!, known);
    for (const [k, value] of like!.data.slice(-found.length).entries())
      expect(found[k], `${line.left} = ${line.text}`).toBeCloseTo(value, 8);
  }
}
