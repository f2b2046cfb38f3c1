import { INITIALIZERS } from '../../../src/elaborate/initializers.ts';
import { derive, GradusError, train } from '../../../src/index.ts';
import {
  DERIVATIVE,
  ENTRYWISE_SUPERSCRIPT,
  type Grouping,
  OPERATORS,
  type Operator,
  REDUCTION,
  SUPERSCRIPT,
} from '../../../src/language/precedence.ts';
import { factRecords, range } from '../../../src/operators/facts.ts';
import { derivatives } from '../../../src/session/help/notions.ts';
import { code, fenced, table } from './markdown.ts';

/** A line of the language that stands within a model, and what it does. */
interface Line {
  readonly text: string;
  readonly words: string;
}

/** Lines that make a model one after the other, so that a test reads and derives them as they are shown. */
export const STATEMENTS: readonly Line[] = [
  { text: 'data X : [2, m] = [[0, 1, 2], [3, 4, 5]]', words: 'values that are given; `m` is a size that the data bind, here 3' },
  { text: 'data Y : [1, m] = [[0, 1, 0]]', words: 'a row; `[n]` is a column, and no shape at all a scalar' },
  { text: 'data T : [r, 3] from x1, x2, x3', words: 'the columns of a table that fill a matrix; also `from x*`, `from x1..x9`' },
  { text: 'param W : [1, 2] ~ normal(0, 0.1), b = 0', words: 'what is trained: `~` draws its start, `=` says it' },
  { text: 'const k positive = 2', words: 'a number that stays; facts stand after the shape' },
  { text: 'scale(z) = z/k', words: 'a function' },
  { text: 'Z = W*X + b', words: 'a definition: a named intermediate, whose adjoint `dZ` the steps speak of' },
  { text: 'G[i, j] = sum[n](X[i, n]*X[j, n])', words: 'a definition by entries' },
  { text: 'h[0] = 0', words: 'the first entry of a recurrence' },
  { text: 'h[t=1:3] = tanh(h[t-1] + scale(b))', words: 'its steps, forwards; `h[t=1:3] = … h[t+1]` runs backwards' },
  { text: 'function u(x)', words: "a function of which nothing is known: its derivative is `u'(x)`" },
  { text: 'minimize Cost = sum((Z - Y).^2)/(2m) + h[3]^2', words: 'the objective: `minimize`, `maximize`, or a last expression' },
];

export const MODEL = STATEMENTS.map(({ text }) => text).join('\n');

const DERIVATIVES: readonly Line[] = derivatives.map(({ forms, says }) => ({ text: forms.join(', '), words: says }));

/** A declaration that breaks each fact; the engine says what is wrong. */
const BROKEN: Readonly<Record<string, string>> = {
  'in 0..1': 'data p in 0..1 = 2',
  positive: 'data x positive = -1',
  int: 'data n int = 2.5',
  symmetric: 'data S : [2, 2] symmetric = [[1, 2], [3, 4]]',
  distribution: 'data P : [2, 2] distribution rows = [[0.5, 0.6], [0.5, 0.5]]',
  onehot: 'data Y : [2, 2] onehot rows = [[1, 1], [0, 1]]',
};

const INITIAL_WORDS: Readonly<Record<keyof typeof INITIALIZERS, string>> = {
  zeros: 'zeros',
  ones: 'ones',
  normal: 'normal(mean, deviation); normal is normal(0, 1)',
  uniform: 'uniform(least, most); uniform is uniform(0, 1)',
  xavier: 'uniform with the variance 2/(fan in + fan out)',
  he: 'normal with the variance 2/(fan in)',
};

const GROUPING: Record<Grouping, string> = {
  left: 'from the left',
  right: 'from the right',
  flat: 'as one of many operands',
  chain: 'as a chain: `a < b < c` is `a < b and b < c`',
};

/** Tightest first, those of one level together. */
function precedence(): string {
  const all = [...OPERATORS, SUPERSCRIPT, ENTRYWISE_SUPERSCRIPT, REDUCTION, DERIVATIVE];
  const levels = [...new Set(all.map(({ level }) => level))].sort((a, b) => b - a);
  const rows = levels.flatMap((level, place) => {
    const same = all.filter((operator) => operator.level === level);
    const kinds = [...new Set(same.map(({ fixity, grouping }) => `${fixity} ${grouping}`))];
    return kinds.map((kind) => {
      const chosen = same.filter(({ fixity, grouping }) => `${fixity} ${grouping}` === kind);
      const { fixity, grouping } = chosen[0]!;
      return [String(place + 1), chosen.map(spelled).join(' '), fixity, fixity === 'infix' ? GROUPING[grouping] : ''];
    });
  });
  return table(['', 'operators', 'place', 'grouped'], rows);
}

function spelled(operator: Operator): string {
  if (operator === SUPERSCRIPT) return code('x²');
  if (operator === ENTRYWISE_SUPERSCRIPT) return code('x∘²');
  if (operator === DERIVATIVE) return code('d/dx');
  if (operator.callee === 'where') return code('c ? a : b');
  return operator.spellings.map(code).join(' ');
}

/** @throws Error if the declaration is not refused */
async function refusal(text: string): Promise<string> {
  try {
    await train(`${text}\nparam a = 1\nminimize a^2`, {}, { epochs: 0 });
  } catch (error) {
    if (error instanceof GradusError) return error.message;
    throw error;
  }
  throw new Error(`this is not refused: ${text}`);
}

async function facts(): Promise<string> {
  const rows = await Promise.all(
    [...factRecords, range('in 0..1', 0, 1)].map(async ({ name, help, kept, instead }) => [
      code(name),
      help,
      instead ? 'no' : kept && name !== 'int' ? 'yes: a step keeps it' : 'no',
      code(BROKEN[name]!),
      await refusal(BROKEN[name]!),
    ]),
  );
  return table(['fact', 'what it says', 'of a param', 'a value without it', 'what is said'], rows);
}

export async function languagePart(): Promise<string> {
  // What is shown is a model.
  derive(MODEL);
  return `## The language

### Statements

One a line, or parted by \`;\`; \`#\` begins a comment. These lines are one model:

${fenced(MODEL)}

${table(
  ['statement', 'what it says'],
  STATEMENTS.map(({ text, words }) => [code(text), words]),
)}

A size is a whole number, a name, or a sum, product or whole quotient of these: \`[n+1, d/2]\`. A source that declares nothing is an
expression over free names, scalars unless the option \`shapes\` says otherwise.

### Operators

Tightest first. Subscripts, calls and brackets are tighter than all of them.

${precedence()}

\`2x\` is a product with the precedence of \`*\`. \`a/2x\` is refused, since it means two things.

### Facts

They stand after the shape, are held against the values, and are used.

${await facts()}

### Initializers

${table(
  ['after `~`', 'arguments', 'what it draws'],
  Object.entries(INITIALIZERS).map(([name, [, most]]) => [
    code(name),
    most === 0 ? 'none' : `up to ${most}`,
    INITIAL_WORDS[name as keyof typeof INITIALIZERS],
  ]),
)}

### Derivatives as expressions

${table(
  ['written', 'is'],
  DERIVATIVES.map(({ text, words }) => [code(text), words]),
)}`;
}
