import type { PlannedStatement, ProgramPlan } from '../compile/index.ts';
import { type Lang, type Words, wordsIn, wordsOf } from '../derivation/words/index.ts';
import { INSPECT } from '../language/console.ts';
import { widthOf } from '../language/visible.ts';
import type { Model } from '../model/model.ts';
import { checkArguments, countArguments } from '../options/check.ts';
import { signatures } from '../options/signatures.ts';

/** What a program does: its statements under the model's names, how many operations they take, and how much memory. */
export class Plan implements ProgramPlan {
  readonly target: ProgramPlan['target'];
  readonly precision: ProgramPlan['precision'];
  readonly operations: ProgramPlan['operations'];
  readonly bytes: ProgramPlan['bytes'];
  readonly statements: ProgramPlan['statements'];
  readonly #words: () => Words;

  constructor({ target, precision, operations, bytes, statements }: ProgramPlan, model: Pick<Model, 'lang'>) {
    this.target = target;
    this.precision = precision;
    this.operations = operations;
    this.bytes = bytes;
    this.statements = statements;
    this.#words = () => wordsOf(model);
  }

  /** A line for each statement; those within loops are indented. */
  text(words: Words | Lang = this.#words()): string {
    checkArguments(signatures.planText, words);
    const chosen = wordsIn(words);
    const { target, precision, operations, bytes, statements } = this;
    const lines = statements.flatMap((s) => linesOf(s, chosen, ''));
    const cells = [0, 1].map((column) => Math.max(0, ...lines.map((line) => widthOf(line[column]!))));
    const rows = lines.map(([what, flop, size]) =>
      flop === ''
        ? what
        : `${what}${' '.repeat(cells[0]! - widthOf(what) + 3)}${' '.repeat(cells[1]! - flop.length)}${flop}   ${size}`,
    );
    return [chosen.plan.whole(target, precision, counted(operations, 'flop'), counted(bytes, 'B')), '', ...rows].join('\n');
  }

  toString(): string {
    return this.text();
  }

  [INSPECT](): string {
    return this.toString();
  }

  toJSON(): ProgramPlan {
    const { target, precision, operations, bytes, statements } = this;
    return { target, precision, operations, bytes, statements };
  }
}

countArguments(Plan, { text: signatures.planText });

type Line = readonly [what: string, operations: string, bytes: string];

function linesOf(s: PlannedStatement, words: Words, indent: string): Line[] {
  if (s.kind === 'loop') {
    const inner = s.statements.flatMap((part) => linesOf(part, words, `${indent}  `));
    return [[`${indent}${words.plan.each(times(s.extents))}`, '', ''], ...inner];
  }
  return [[`${indent}${told(s, words)}`, counted(s.operations, 'flop'), counted(s.bytes, 'B')]];
}

/** The statement as a formula: `Z1 [64×128] = X·W1`, `A1 [64×128] from Z1, b1`. */
function told(s: Exclude<PlannedStatement, { kind: 'loop' }>, { plan, names }: Words): string {
  const sized = (name: string, extents: readonly number[]) => (extents.length === 0 ? name : `${name} [${times(extents)}]`);
  switch (s.kind) {
    case 'product': {
      const scale = s.scale === 1 ? '' : s.scale === -1 ? '−' : `${s.scale}·`;
      const sum = s.summed.length > 1 ? ` (${times(s.summed)})` : '';
      const result = sized(s.result, [...s.batch, s.rows, s.columns]);
      return `${result} ${s.accumulate ? '+=' : '='} ${scale}${s.factors.join('·')}${sum}`;
    }
    case 'call':
      return `${s.result} = ${s.routine}(${s.arguments.join(names)})${s.count > 1 ? ` ×${s.count}` : ''}`;
    case 'entries': {
      const results = sized(s.results.join(names) || plan.numbers, s.extents);
      return s.from.length === 0 ? results : plan.from(results, s.from.join(names));
    }
  }
}

const times = (extents: readonly number[]): string => extents.join('×');

const PREFIXES = ['', 'k', 'M', 'G', 'T'];

/** A number of something in three digits: 12.8 Mflop. */
function counted(count: number, unit: string): string {
  let [value, prefix] = [count, 0];
  while (value >= 999.5 && prefix < PREFIXES.length - 1) {
    value /= 1000;
    prefix++;
  }
  return `${prefix === 0 ? value : Number(value.toPrecision(3))} ${PREFIXES[prefix]}${unit}`;
}
