import type { Resting } from '../resting.ts';
import type { Applied, RuleId } from '../rules.ts';
import type { LineLabel } from '../working-lines.ts';

/** A rule's name and its reason, in one human language. */
interface Phrase {
  readonly name: string;
  readonly why: (applied: Applied) => string;
}

/** Everything that a derivation says in words. A language is one of these; see `index.ts`. */
export interface Words {
  readonly rules: Readonly<Record<RuleId, Phrase>>;
  /** What an error's message is in the language; left out, it stays English. */
  readonly message?: (english: string) => string;
  /** For operators' own rules, by id, where the record's English is not meant. */
  readonly operators: Readonly<Record<string, { readonly name: string; readonly why: string }>>;
  readonly chainRule: string;
  readonly roles: Readonly<Record<'data' | 'param' | 'const' | 'free', string>>;
  readonly scalar: string;
  readonly backwards: (targets: string, objective: string) => string;
  readonly and: string;
  /** A formula with the words that stand between conditions: `x > 0 and y > 0`. */
  readonly conjunctions: (formula: string) => string;
  /** Between rules and formulas, between names, and between sentences. */
  readonly comma: string;
  readonly names: string;
  readonly sentences: string;
  /** A formula in which words stand, `1 if u > 0, else 0`. */
  readonly formula: (english: string) => string;
  readonly inOneLine: string;
  /** Derivatives for which there is no such line. */
  readonly longer: (targets: string) => string;
  /** Above the numbers of each example, and of the quantities found on the way there and back. */
  readonly example: string;
  readonly forward: string;
  readonly backward: string;
  /** Above the quantities on the way after a step of descent. */
  readonly forwardAgain: string;
  /** What the entries of an array lie between, and between what after a step of descent. */
  readonly ranged: (shape: string, least: string, most: string) => string;
  readonly afterStep: (least: string, most: string) => string;
  readonly numbers: NumbersWords;
  /** Above the numbers of a step of descent at a learning rate. */
  readonly oneStep: (letter: string, rate: string) => string;
  /** What is known of a derivative's zeros: `diagonal: ∂fᵢ/∂xⱼ = 0 for i ≠ j`. */
  readonly structure: {
    readonly kinds: Readonly<Record<'zero' | 'diagonal' | 'block-diagonal' | 'banded', string>>;
    readonly zeros: (kind: string, entry: string, condition: string) => string;
    /** Between conditions, one of which must hold. */
    readonly or: string;
  };
  readonly where: string;
  /** Beside the sum over what a broadcast repeats: `b is shared by all m columns`. */
  readonly sharedNote: (applied: Applied) => string;
  /** What a step rests on: `each column of Y sums to 1`. */
  readonly resting: (resting: Resting) => string;
  /** Why a term of a step is 0. */
  readonly vanishing: string;
  /** A remark as a sentence. */
  readonly sentence: (remark: string) => string;
  readonly working: WorkingWords;
  readonly claims: ClaimWords;
  /** How it is known that two expressions are equal or not. */
  readonly verdict: {
    /** The chance of an error, `2⁻¹⁰⁰`, if there is a bound. */
    readonly exact: (bound: string | undefined) => string;
    /** @param of what the laws are about, if any are needed */
    readonly laws: (of: readonly ('exp' | 'powers' | 'roots' | 'sin')[]) => string;
    readonly digits: (digits: number, points: number) => string;
    readonly branches: string;
    readonly sizes: (sizes: string) => string;
    readonly proved: string;
  };
  /** What a program does. */
  readonly plan: {
    readonly whole: (target: string, precision: string, operations: string, bytes: string) => string;
    readonly from: (results: string, sources: string) => string;
    /** Numbers without a name on the way. */
    readonly numbers: string;
    /** Above statements that are run so often. */
    readonly each: (times: string) => string;
  };
  readonly verified: {
    readonly steps: (points: number) => string;
    readonly exactSteps: string;
    readonly mixedSteps: (exact: number, all: number, rest: string) => string;
    /** The targets of the steps that are wrong. */
    readonly wrongSteps: (wrong: string, count: number) => string;
    readonly gradient: (error: string) => string;
    readonly nowhere: (why: string) => string;
  };
  /** Where a derivation does not hold, or what it takes for a slope there. */
  readonly domain: {
    readonly needs: (what: string, condition: string) => string;
    readonly slopeNeeds: (what: string, condition: string) => string;
    /** Of a function with values at the borders, where its slope has none. */
    readonly needsWithBorders: (what: string, own: string, slope: string) => string;
    /** An array must have no entry that is 0. */
    readonly entries: (what: string, array: string) => string;
    /** A kink of an array, where entries of it have a value. */
    readonly where: (array: string, value: string) => string;
    readonly kink: (what: string, condition: string, slope: string) => string;
    readonly kinkWhere: (what: string, where: string, slope: string) => string;
    readonly jump: (what: string, condition: string, slope?: string) => string;
    /** A condition on numbers that does not hold. */
    readonly never: (what: string) => string;
    /** A line that is said where conditions hold: those of the branch that it is about. */
    readonly within: (line: string, conditions: string) => string;
    readonly branch: (what: string, condition: string) => string;
    readonly more: (count: number) => string;
    readonly title: string;
  };
  /** A name derived by does not occur in the objective; another that may have been meant. */
  readonly absent: (name: string, objective: string, near: string | undefined) => string;
  readonly page: PageWords;
}

/** What is said where numbers, or a step of descent, are missing. */
export interface NumbersWords {
  /** In place of a number. */
  readonly none: string;
  readonly noValue: (objective: string) => string;
  /** Some entries of an array have none. */
  readonly noEntry: (objective: string) => string;
  readonly beyond: (objective: string) => string;
  readonly flat: string;
  readonly unimproved: (objective: string, climbs: boolean) => string;
  readonly noStep: (rate: string) => string;
  /** Behind where its slope takes a parameter: where its facts keep it, `positive`. */
  readonly kept: (fact: string, where: string | undefined) => string;
}

/** What is said in the working of a step; formulas come spelled. */
interface WorkingWords {
  readonly labels: Readonly<Record<LineLabel, string>>;
  readonly only: (part: string, value: string, objective: string) => string;
  readonly every: (part: string, value: string, letters: string) => string;
  readonly terms: (part: string, letters: string) => string;
  readonly term: (part: string, letters: string) => string;
  readonly places: (part: string, count: number) => string;
  /** A name for each way, several times where several pass it, and nothing for a direct one. */
  readonly ways: (through: readonly (string | undefined)[]) => string;
  readonly arrives: string;
  readonly each: string;
  readonly putIn: string;
  /** What was divided by is multiplied by as well. */
  readonly cancelsOut: (what: string) => string;
  /** Inner derivatives are replaced by what they are. */
  readonly foundPutIn: string;
  readonly cancels: (a: string, b: string) => string;
  /** Sums of differences from a mean. */
  readonly vanishing: (sums: string) => string;
  /** Of a matrix that is its own transpose. */
  readonly symmetric: (name: string) => string;
  readonly summed: (a: string, b: string, axes: readonly [number, number], letter: string) => string;
  readonly outer: (a: string, b: string) => string;
  readonly alone: (a: string, b: string, shape: string) => string;
}

/** What is said of a derivative that a person wrote. */
interface ClaimWords {
  readonly right: (target: string, claim: string) => string;
  readonly wrong: (target: string, claim: string) => string;
  /** Right under a condition, for which there is a fact to declare. */
  readonly provided: (target: string, claim: string, condition: string, derived: string) => string;
  readonly only: (condition: string, derived: string) => string;
  readonly facts: Readonly<Record<string, (name: string) => string>>;
  readonly noValue: (why: string) => string;
  readonly noPlace: string;
  /** A place that is too long to be said: the names that have values there. */
  readonly choice: (names: string) => string;
  readonly undefinedAt: (place: string) => string;
  readonly differs: (place: string, entry: string, claimed: string, derived: string) => string;
  /** Two numbers that differ, but not as doubles. */
  readonly beyond: (place: string, entry: string, value: string) => string;
  readonly slips: Readonly<Record<SlipName, string>>;
  readonly instead: (from: string, to: string) => string;
  readonly corrected: (right: string) => string;
  readonly unknown: (derived: string) => string;
  readonly belongs: (step: number, text: string) => string;
}

export type SlipName =
  | 'sign'
  | 'factor'
  | 'mean'
  | 'missing-function'
  | 'extra-function'
  | 'transpose'
  | 'order'
  | 'entrywise'
  | 'matrix'
  | 'name'
  | 'axis'
  | 'missing-factor'
  | 'extra-factor'
  | 'step'
  | 'later-steps';

/** What a page says around a derivation and a training run. Formulas stand between dollar signs. */
interface PageWords {
  /** The language's tag (BCP 47). */
  readonly lang: string;
  readonly derivationOf: (name: string) => string;
  readonly trainingOf: (name: string) => string;
  readonly source: string;
  readonly inputs: string;
  readonly columns: Readonly<Record<'name' | 'role' | 'shape' | 'start' | 'before' | 'after' | 'value' | 'gradient', string>>;
  /** Of one input. */
  readonly roles: Words['roles'];
  readonly formulas: string;
  readonly derivation: string;
  readonly numbers: string;
  readonly lemmas: string;
  readonly openStep: string;
  readonly openTextbook: string;
  readonly byRule: string;
  readonly byEntries: string;
  readonly byShapes: string;
  readonly contains: string;
  readonly conventions: string;
  readonly gradientLayout: (objective: string, name: string) => string;
  readonly jacobianLayout: string;
  readonly hessianLayout: string;
  readonly productSigns: string;
  readonly adjointNames: string;
  readonly slope: {
    readonly title: string;
    readonly note: (f: string, derivative: string) => string;
    readonly marked: (values: string) => string;
  };
  readonly graph: GraphWords;
  readonly check: CheckWords;
  readonly training: TrainingWords;
}

interface GraphWords {
  readonly title: string;
  readonly describe: (boxes: number, arrows: number) => string;
  readonly caption: string;
  readonly back: string;
  readonly withNumbers: string;
  readonly trained: string;
}

interface CheckWords {
  readonly title: string;
  readonly method: Readonly<Record<'bignumber' | 'richardson', string>>;
  readonly summary: (good: boolean, method: string, points: number) => string;
  readonly columns: Readonly<Record<'derivative' | 'error' | 'compiled' | 'verdict', string>>;
  readonly good: string;
  readonly bad: string;
  readonly tolerance: (tolerance: string) => string;
  readonly worst: string;
  readonly impossible: (why: string) => string;
}

interface TrainingWords {
  readonly title: string;
  readonly outcome: (name: string, from: string, to: string, epochs: number) => string;
  readonly stopped: Readonly<Record<'epochs' | 'converged' | 'early' | 'diverged' | 'aborted', string>>;
  /** To which epoch a run went back, or, after 0, to its start. */
  readonly back: (epoch: number) => string;
  /** Of which examples costs and metrics are told. */
  readonly learnedFrom: string;
  readonly validation: string;
  readonly test: string;
  readonly best: string;
  readonly classes: (name: string, classes: readonly string[]) => string;
  /** Solvers have no rate. */
  readonly settings: (optimizer: string, rate: string | undefined) => string;
  readonly curve: string;
  readonly curveNote: (name: string, logarithmic: boolean, validated?: boolean) => string;
  readonly rates: string;
  readonly chosenRate: (rate: string) => string;
  readonly ratesNote: (small: string, right: string, percent: string, large: string) => string;
  readonly tooLarge: Readonly<Record<'diverges' | 'rises', (rate: string) => string>>;
  readonly noneTooLarge: string;
  readonly epoch: string;
  readonly parameters: string;
  readonly boundary: string;
  readonly boundaryNote: (output: string, level: string, target: string) => string;
  readonly target: (value: string) => string;
  readonly fit: string;
  readonly fitNote: (distances: boolean, band: boolean) => string;
  readonly residuals: string;
  readonly residualsNote: string;
  readonly residual: string;
  /** What the model says, as the name of an axis. */
  readonly said: string;
  readonly estimates: string;
  readonly standardError: string;
  readonly fittedTo: (observations: number, degreesOfFreedom: number) => string;
  readonly deviation: (number: string) => string;
  readonly data: string;
  readonly before: string;
  readonly after: string;
  readonly surface: string;
  readonly surfaceNote: (name: string, first: string, second: string, slice: boolean) => string;
  readonly path: string;
}
