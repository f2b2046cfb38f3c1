import type { Shape } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import type { Expr, Statement } from '../language/tree.ts';
import type { NamedPart } from '../model/held.ts';
import type { Input, Model } from '../model/model.ts';
import type { Operator } from '../operators/operator.ts';
import type { Notation } from '../reading/hoist.ts';
import type { Structure } from '../simplify/structure.ts';
import type { DomainNote } from './domain.ts';
import type { Flow } from './flows.ts';
import type { Lemma } from './lemma.ts';
import type { DerivationNumbers, Numbers, Update } from './numbers.ts';
import type { Step } from './steps.ts';
import type { TextbookStep } from './textbook.ts';
import type { Words } from './words/index.ts';
import type { WorkingLine } from './working-lines.ts';

/**
 * A derivation as a document: what is said, in which order, in the words of one language. A format spells it; it neither
 * adds nor leaves out.
 */
export interface DerivationDocument {
  /** The objective, as the steps call it. */
  readonly name: string;
  readonly words: Words;
  readonly model: Model;
  /** What sentences may speak of: the source's names, and those of the steps. */
  readonly names: ReadonlySet<string>;
  readonly sections: readonly Section[];
  /** What flows back along the arrows of the graph. */
  readonly flows: readonly Flow[];
  /** Of a higher derivative: the function and its derivatives below the one that is derived here. */
  readonly lower: readonly NamedPart[];
}

export interface Section {
  readonly id: 'inputs' | 'formulas' | 'derivation' | 'closed' | 'domain' | 'numbers' | 'lemmas' | 'conventions';
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A formula as a tree of the language: what is meant comes last, before it the names that it uses. */
export interface Formula {
  readonly statements: readonly Statement[];
  /** The same in normal form, which may be shorter where names stand before it: one line of indices. */
  readonly normal: readonly Statement[];
  /** In index notation, `Z_ik = Σ_j W_ij X_jk + b_i`, where a line of entries can say it. */
  readonly byEntries?: { readonly left: Expr; readonly right: Expr } | undefined;
}

/** `dZ = …`. */
export interface Equation {
  readonly target: string;
  readonly shape: Shape;
  readonly formula: Formula;
  /** The formula is what was written, target and all: `h[0] = 0, h[t=1:n] = …`. */
  readonly whole?: true;
}

/** A step as it is told. */
export interface ToldStep {
  readonly id: string;
  /** The steps whose results it uses. */
  readonly uses: readonly string[];
  readonly target: string;
  readonly shape: Shape;
  readonly before: Formula;
  readonly after: Formula;
  /** Told briefly, the same with what arrives put in, where something cancels: (P − Y)/m. */
  readonly putIn?: { readonly formula: Formula; readonly cancelled: Formula | undefined } | undefined;
  readonly label: string;
  readonly why: string;
  /** The same where it is to be said: lines that prove the step say it themselves, unless a rule of whole arrays is given. */
  readonly reason: string;
  readonly note: string;
  readonly shapes?: string;
  /** The step as a small proof, a line where something happens; empty where a derivation is told briefly. */
  readonly working: readonly WorkingLine[];
}

/** A quantity with what it is worth; filled entry by entry it has no formula. */
export interface Valued extends Numbers {
  readonly target: string;
  readonly formula?: Formula;
  /** The axis that counts examples, if it has one. */
  readonly examples?: number;
  /** It has no value where it is looked at. */
  readonly none?: true;
}

/** What is known of the zeros of a derivative. */
export interface Structured {
  /** The objective's name, and the name derived by. */
  readonly name: string;
  readonly by: string;
  /** How many of the axes are the objective's. */
  readonly front: number;
  readonly rank: number;
  readonly structure: Structure & { readonly kind: Exclude<Structure['kind'], 'dense'> };
}

/** The textbook's reading of the derivative by a name; none where it is 0. */
export interface Told {
  readonly by: string;
  /** ∂ where there are several variables. */
  readonly sign: 'd' | '∂';
  readonly step: TextbookStep | undefined;
}

/** A sentence with LaTeX between dollar signs; how the names in it are spelled is the format's. */
export type Convention = (spell: (name: string) => string) => string;

/** How a format writes each kind of block. */
export type BlockPrinters<Written> = { readonly [K in Block['kind']]: (block: Extract<Block, { kind: K }>) => Written };

export const printed = <Written>(printers: BlockPrinters<Written>, block: Block): Written =>
  (printers[block.kind] as (block: Block) => Written)(block);

export type Block =
  | { readonly kind: 'inputs'; readonly role: string; readonly inputs: readonly Pick<Input, 'name' | 'shape'>[] }
  | { readonly kind: 'definitions'; readonly rows: readonly Equation[] }
  /** @param longer derivatives that take more than a line */
  | { readonly kind: 'closed'; readonly rows: readonly Equation[]; readonly longer: readonly string[] }
  | { readonly kind: 'backwards'; readonly targets: readonly string[]; readonly from: string }
  | { readonly kind: 'steps'; readonly steps: readonly ToldStep[]; readonly reasons: boolean }
  | { readonly kind: 'textbooks'; readonly of: string; readonly told: readonly Told[]; readonly reasons: boolean }
  | { readonly kind: 'zeros'; readonly zeros: Structured }
  | {
      readonly kind: 'conditions';
      readonly notes: readonly DomainNote[];
      readonly most: number;
      /** An entry of what is spoken of, in index notation. */
      readonly entry?: ((node: Node) => Expr | undefined) | undefined;
    }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'values'; readonly title: string; readonly rows: readonly Valued[] }
  | { readonly kind: 'update'; readonly update: Update }
  | { readonly kind: 'lemma'; readonly lemma: Lemma }
  | { readonly kind: 'conventions'; readonly texts: readonly Convention[] };

export interface DocumentOptions {
  /** A line a step, or all reasons and lemmas. */
  readonly detail: 'brief' | 'full';
  /** Matrix notation where it can say the result, or indices throughout. */
  readonly notation?: Notation;
  /** What shapes derivatives have, and what the signs mean. */
  readonly conventions?: boolean;
  readonly words: Words;
}

/** What a document is made of. */
export interface Derived {
  readonly model: Model;
  readonly name: string;
  /** The names derived by, and what the sweep found for each. */
  readonly wrt: readonly string[];
  readonly raw: readonly Node[];
  /** Of a higher derivative: the function and its derivatives up to the one that is derived here, f and f′ for f″. */
  readonly lower: readonly NamedPart[];
  /** The derivative itself, where it belongs to that list. */
  readonly last: readonly NamedPart[];
  /** How those below it were derived, the first one first. */
  readonly below: readonly Derived[];
  readonly steps: readonly Step[];
  /** Functions that the source has written out, and that are told by their names. */
  readonly known: readonly Operator[];
  /** For a scalar expression, the textbook's reading by each name (none where the derivative is 0). */
  readonly textbooks: readonly (TextbookStep | undefined)[];
  readonly zeros: readonly (Omit<Structured, 'structure'> & { readonly structure: Structure })[];
  readonly domain: readonly DomainNote[];
  readonly notes: readonly string[];
  /** What it all comes to at some values, where that is asked for. */
  readonly numbers?: DerivationNumbers | undefined;
}
