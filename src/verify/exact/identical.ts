import { evaluate } from '../../compile/index.ts';
import type { Sizes } from '../../graph/dimension.ts';
import type { Node } from '../../graph/node.ts';
import { topological } from '../../graph/traverse.ts';
import { GradusError } from '../../language/diagnostics.ts';
import type { Model } from '../../model/model.ts';
import { type Draw, random } from '../../numeric/random.ts';
import { work } from '../cost.ts';
import { affordableSizes, unusualSizes } from '../sizes.ts';
import { Choices } from './choices.ts';
import { Asked, Field } from './field.ts';
import { arithmeticIn } from './functions.ts';
import { FieldInputs } from './inputs.ts';
import { LAWS, type Law } from './laws.ts';
import { circular, circularWithRoots, type Family, plain } from './primes.ts';
import { type Residue, Void } from './residue.ts';

/** Two nodes of one graph that are said to be of equal value. */
export type Pair = readonly [Node, Node];

/**
 * What the fields say of a pair. `identical`: equal at every draw. `different`: not, which proves it where `rational`,
 * since then nothing but sums, products and quotients is asked for. `open`: no draw was possible, or too many branches.
 */
export interface Finding {
  readonly outcome: 'identical' | 'different' | 'open';
  readonly rational: boolean;
  /** The laws of exponentials, sines or roots hold in the fields. */
  readonly laws: boolean;
  /** Of an identity, those without which it is none. */
  readonly used: readonly Law[];
  /** Equal on every branch, away from the borders. */
  readonly branches: boolean;
  /** Functions of which nothing is known are in it. */
  readonly functions: boolean;
  /** For which lengths, where it was not found equal for all. */
  readonly sizes?: Sizes;
  /** Lengths for which they seem to be different, though they are equal for others. */
  readonly refuted?: Sizes;
  readonly rounds: number;
}

export interface FieldOptions {
  readonly seed?: number;
  /** Lengths that are settled; the others are drawn. */
  readonly sizes?: Sizes;
  /** Milliseconds after which what is not decided stays open. */
  readonly patience?: number;
}

const ROUNDS = 3;
const PATIENCE = 5000;
/** Draws that may fail for a round: of numbers whose roots are asked for few have one. */
const MOST_DRAWS = 400;
/**
 * Of k signs that are chosen a draw has all by a chance of 2⁻ᵏ: if none has in so many times 2ᵏ draws, no number does. More
 * signs than this are not settled in that way.
 */
const DRAWS_A_PATTERN = 60;
const MOST_SIGNS = 9;
const MOST_BRANCHES = 128;
/** Products that a round may take. */
const MOST_WORK = 4e5;
/** How often a number is drawn negative: at first half of them, then fewer, so that roots are found. */
const NEGATIVE = [0.5, 0.5, 0.5, 0.3, 0.3, 0.15, 0.15, 0.05, 0];

/** What a round is made with, the same for all its draws. */
interface Setting {
  readonly family: Family;
  readonly roots: boolean;
  readonly origins: boolean;
  /** Lengths count as unknown numbers, so that what holds holds for all of them. */
  readonly formal: boolean;
  readonly choices?: Choices;
  /** Laws that do not count. */
  readonly without?: ReadonlySet<Law>;
}

/** Whether pairs are equal, by evaluating both sides in random finite fields. One finding a pair. */
export function identical(model: Model, pairs: readonly Pair[], options: FieldOptions = {}): Finding[] {
  const found = new Search(model, pairs, options).run();
  const open = pairs.flatMap((_, k) => (found[k]!.outcome === 'open' ? [k] : []));
  if (pairs.length === 1 || open.length === 0) return found;
  // One side without a value spoils the draw for all, and patience may end: fewer are tried again, half of them at a time, not
  // each alone, which for the partials of a deep network would take the square of their number.
  const half = open.length < pairs.length ? open.length : Math.ceil(open.length / 2);
  for (const part of [open.slice(0, half), open.slice(half)]) {
    if (part.length === 0) continue;
    const again = identical(
      model,
      part.map((k) => pairs[k]!),
      options,
    );
    part.forEach((k, at) => {
      found[k] = again[at]!;
    });
  }
  return found;
}

class Search {
  private readonly model: Model;
  private readonly pairs: readonly Pair[];
  private readonly draw: Draw;
  private readonly bound: Sizes;
  private readonly deadline: number;
  private readonly asked = new Asked();
  private readonly sizesDrawn: Sizes[] = [];
  private rounds = 0;
  /** Lengths for which a pair is different though it is equal for those that were drawn. */
  private readonly refuted = new Map<number, Sizes>();
  /** Numbers of places, i and j, stand in the expressions. */
  private readonly hasPlaces: boolean;
  /** The last round had no draw because no number has the signs that were chosen. */
  private contradicted = false;

  constructor(model: Model, pairs: readonly Pair[], { seed = 1, sizes = new Map(), patience = PATIENCE }: FieldOptions) {
    this.model = model;
    this.pairs = pairs;
    this.draw = random(seed);
    this.bound = sizes;
    this.deadline = performance.now() + patience;
    this.hasPlaces = topological(pairs.flat()).some((n) => n.kind === 'affine');
    for (let k = 0; k < ROUNDS; k++)
      this.sizesDrawn.push(
        affordableSizes(model, pairs.flat(), sizes, this.draw, { most: MOST_WORK, least: 2 }, this.sizesDrawn),
      );
  }

  run(): Finding[] {
    const all = this.pairs.map((_, k) => k);
    // What the functions in it need is seen by evaluating it once.
    this.round(all, { family: plain, roots: false, origins: false, formal: true }, 0);
    let setting = this.setting(this.asked.roots);
    let held = this.rounded(all, setting);
    if (!held && setting.roots) {
      setting = this.setting(false);
      held = this.rounded(all, setting);
    }
    if (!held) return all.map(() => this.finding('open'));
    const { formal, numbers } = held;
    const open = all.filter((k) => !formal.has(k) && !numbers.has(k));
    const byBranch = this.asked.branches && open.length > 0 ? this.branched(open) : new Map<number, boolean>();
    const findings = all.map((k) => {
      const refuted = this.refuted.get(k);
      if (refuted) return { ...this.finding('different'), refuted };
      if (formal.has(k)) return this.finding('identical');
      if (numbers.has(k)) return { ...this.finding('identical'), sizes: this.sizesDrawn[0]! };
      const equal = byBranch.get(k);
      return this.finding(equal === undefined ? (this.asked.branches ? 'open' : 'different') : equal ? 'identical' : 'different');
    });
    return this.withLaws(findings, setting);
  }

  /** The findings with the laws that identities need: those without which a round finds them different. */
  private withLaws(findings: readonly Finding[], setting: Setting): Finding[] {
    const identities = findings.flatMap(({ outcome, laws }, k) => (outcome === 'identical' && laws ? [k] : []));
    const lost = (pairs: readonly number[], without: readonly Law[]): readonly number[] => {
      const found = this.round(pairs, { ...setting, formal: false, without: new Set(without) }, 0);
      return pairs.filter((_, at) => !found?.[at]);
    };
    const lawful = lost(identities, LAWS);
    const needed = LAWS.map((law) => [law, lost(lawful, [law])] as const);
    return findings.map((finding, k) => ({
      ...finding,
      used: lawful.includes(k) ? needed.flatMap(([law, pairs]) => (pairs.includes(k) ? [law] : [])) : [],
    }));
  }

  private finding(outcome: Finding['outcome']): Finding {
    const { rational, lawful: laws, branches, functions } = this.asked;
    return { outcome, rational, laws, branches, functions, rounds: this.rounds, used: [] };
  }

  private setting(roots: boolean): Setting {
    const family = !this.asked.circle ? plain : roots ? circularWithRoots : circular;
    return { family, roots, origins: this.asked.origins, formal: true };
  }

  /**
   * The pairs that were equal in every round with lengths as unknown numbers, and those in every round with lengths as
   * they are; undefined if a round could not be drawn.
   */
  private rounded(all: readonly number[], setting: Setting): { formal: Set<number>; numbers: Set<number> } | undefined {
    let formal = [...all];
    let numbers = [...all];
    for (let k = 0; k < ROUNDS; k++) {
      // Lengths as numbers are asked for where the others fail, and once in any case.
      const real = k === 1 || formal.length < numbers.length ? this.round(numbers, { ...setting, formal: false }, k) : undefined;
      if (k === 1 && !real) return undefined;
      if (real) numbers = numbers.filter((_, at) => real[at]);
      formal = formal.filter((pair) => numbers.includes(pair));
      if (formal.length === 0) continue;
      const found = this.round(formal, setting, k);
      if (!found) return undefined;
      formal = formal.filter((_, at) => found[at]);
    }
    // What rests on places, or does not hold for lengths as unknown numbers, is tried where lengths decide.
    const special = this.hasPlaces ? numbers : numbers.filter((pair) => !formal.includes(pair));
    if (special.length > 0) this.tryUnusualSizes(special, setting);
    const holds = (pair: number) => !this.refuted.has(pair);
    return { formal: new Set(formal.filter(holds)), numbers: new Set(numbers.filter(holds)) };
  }

  /** Notes the pairs that are different for lengths that are alike, or long. */
  private tryUnusualSizes(special: readonly number[], setting: Setting): void {
    const roots = special.flatMap((k) => this.pairs[k]!);
    for (const sizes of unusualSizes(this.model, roots, this.bound)) {
      if (work(roots, sizes) > 10 * MOST_WORK) continue;
      this.sizesDrawn.push(sizes);
      const found = this.round(special, { ...setting, formal: false }, this.sizesDrawn.length - 1);
      for (const [at, pair] of special.entries()) if (found && !found[at]) this.refuted.set(pair, sizes);
    }
  }

  /** Every sequence of branches that the pairs can take, for each pair whether it is equal on all of them. */
  private branched(open: readonly number[]): Map<number, boolean> {
    const equal = new Map<number, boolean>();
    const choices = new Choices();
    // The same lengths throughout: they decide how many branches there are.
    const roots = open.flatMap((k) => this.pairs[k]!);
    const costs = this.sizesDrawn.slice(0, ROUNDS).map((sizes) => work(roots, sizes));
    const smallest = costs.indexOf(Math.min(...costs));
    let left = [...open];
    let taken = false;
    for (let count = 0; left.length > 0; count++) {
      const setting = { ...this.setting(this.asked.roots), choices, formal: count % 2 === 0 };
      const found = this.round(left, setting, smallest);
      taken ||= found !== undefined;
      if (count >= MOST_BRANCHES || performance.now() > this.deadline) return equal;
      // A branch that no draw leads to is none: signs that contradict one another. One without a value tells nothing.
      if (!found && !this.contradicted) return equal;
      for (const [at, pair] of left.entries()) if (found && !found[at]) equal.set(pair, false);
      left = left.filter((pair) => !equal.has(pair));
      if (!choices.advance()) break;
    }
    if (taken) for (const pair of left) equal.set(pair, true);
    return equal;
  }

  /** Whether the two sides of each pair are equal at a draw; undefined if none was possible. */
  private round(chosen: readonly number[], setting: Setting, number: number): boolean[] | undefined {
    if (chosen.length === 0) return [];
    const sizes = this.sizesDrawn[number]!;
    const roots = chosen.flatMap((k) => this.pairs[k]!);
    this.contradicted = false;
    const { choices } = setting;
    let [contradictions, possible] = [0, false];
    for (let attempt = 0; performance.now() < this.deadline; attempt++) {
      const signs = choices?.depth ?? 0;
      const enough = DRAWS_A_PATTERN * 2 ** signs;
      this.contradicted = !possible && contradictions >= enough;
      const most = contradictions > 0 && !possible && signs <= MOST_SIGNS ? 2 * enough : MOST_DRAWS;
      if (this.contradicted || attempt >= most) return undefined;
      choices?.restart();
      const f = new Field({ ...setting, draw: this.draw, asked: this.asked });
      const lengths = new Map<string, Residue>();
      const formal = (name: string): Residue => {
        if (!lengths.has(name)) lengths.set(name, f.sample());
        return lengths.get(name)!;
      };
      const arithmetic = arithmeticIn(f, setting.formal ? formal : undefined, setting.without);
      // Signs that are chosen need numbers of all signs throughout.
      const negative = NEGATIVE[choices ? attempt % NEGATIVE.length : Math.min(attempt, NEGATIVE.length - 1)]!;
      const inputs = new FieldInputs(this.model, f, sizes, this.draw, negative, arithmetic);
      try {
        const values = evaluate(roots, inputs.of, sizes, arithmetic);
        this.rounds++;
        return chosen.map((_, k) => sameEntries(values[2 * k]!.data, values[2 * k + 1]!.data));
      } catch (error) {
        if (error instanceof Void) {
          if (error.contradiction) contradictions++;
          else possible ||= choices?.done ?? false;
          continue;
        }
        if (error instanceof GradusError) return undefined;
        throw error;
      }
    }
    return undefined;
  }
}

const sameEntries = (a: readonly Residue[], b: readonly Residue[]): boolean =>
  a.length === b.length && a.every((x, k) => x.p === b[k]!.p);
