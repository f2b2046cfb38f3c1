import { type Command, Option } from 'commander';
import { languages } from '../derivation/words/index.ts';
import { LIMITS } from '../language/limits.ts';
import { claim, collected, names, positive, setting, shape, whole } from './arguments.ts';
import type { Session } from './io.ts';

/** A subcommand: what it takes, and where its work is, which is loaded only when it is asked for. */
export interface CommandSpec {
  readonly name: string;
  readonly argument: string;
  readonly summary: string;
  readonly options: readonly Option[];
  /** Does the work; returns the exit status. */
  readonly run: (session: Session, argument: string, command: Command) => Promise<number>;
}

const WHAT = 'a .grad file, - for standard input, or the source itself';

const wrt = () => new Option('--wrt <names>', 'derive by these names: W,b').argParser(names);
const shapes = () =>
  new Option('--shape <name=dims>', 'the shape of a name that the source does not declare: X=2,m').argParser(shape);
const data = () =>
  new Option('--data <file>', 'values by name: a JSON object, or a CSV table with a header')
    .argParser(collected)
    .default([], 'none');
const seed = (of: string) => new Option('--seed <n>', `of ${of}`).argParser(whole(Number.NEGATIVE_INFINITY)).default(1);
const lang = () => new Option('--lang <code>', 'the language of the words').choices(Object.keys(languages)).default('en');
const maxEntries = () =>
  new Option('--max-entries <n>', `numbers that the arrays may hold (default: ${LIMITS.entries})`).argParser(whole(1));
const json = (what: string) => new Option('--json', `print ${what} as JSON, in full precision`);

/** The only list of subcommands. */
export const commands: readonly CommandSpec[] = [
  {
    name: 'derive',
    argument: WHAT,
    summary: 'derive an expression or a model, step by step',
    options: [
      wrt(),
      new Option('--order <n>', 'the n-th derivative, by one name').argParser(whole(1, LIMITS.order)),
      new Option('--detail <level>', 'one line a step, or the reasons too').choices(['brief', 'full']).default('brief'),
      new Option('--format <format>', 'how to write it').choices(['text', 'ascii', 'latex', 'html', 'json']).default('text'),
      new Option('-o, --output <file>', 'write to a file'),
      new Option('--notation <kind>', 'products and sums as matrices, or entry by entry')
        .choices(['matrix', 'index'])
        .default('matrix'),
      new Option('--numbers', 'every value beside its formula, forward and backward, on the data of the model'),
      lang(),
      shapes(),
      maxEntries(),
    ],
    run: async (session, argument, command) => (await import('./derive.ts')).run(session, argument, command.opts()),
  },
  {
    name: 'train',
    argument: `a model: ${WHAT}`,
    summary: 'derive a model, then train its parameters by gradient descent',
    options: [
      data(),
      new Option('--epochs <n>', 'passes over the data').argParser(whole(0)).default(1000),
      new Option('--lr <x>', 'the learning rate').argParser(positive).default(0.1),
      new Option('--optimizer <name>', 'how to descend').default('gd'),
      new Option('--batch <n>', 'examples in a step (default: all)').argParser(whole(1)),
      new Option('--batch-axis <name>', 'the dimension that counts the examples, where it is not clear'),
      new Option('--shuffle', 'take the examples in a new order in every epoch'),
      seed('the initial values and the order'),
      new Option('--report <file>', 'write a page with the derivation, the curve and pictures: report.html'),
      lang(),
      maxEntries(),
      new Option('--quiet', 'print neither the derivation nor the progress'),
      json('the result'),
    ],
    run: async (session, argument, command) => (await import('./train.ts')).run(session, argument, command.opts()),
  },
  {
    name: 'check',
    argument: WHAT,
    summary: 'compare the derivatives with differences of the function itself, or judge a derivative that you wrote',
    options: [
      wrt(),
      new Option('--claim <name: derivative>', "is it right? W: dZ*X'; may be repeated").argParser(claim),
      lang(),
      data(),
      new Option('--points <n>', 'how many random points').argParser(whole(1, LIMITS.points)),
      seed('the points'),
      shapes(),
      maxEntries(),
      json('the report'),
    ],
    run: async (session, argument, command) => (await import('./check.ts')).run(session, argument, command.opts()),
  },
  {
    name: 'eval',
    argument: WHAT,
    summary: "the value of an expression; a model's values and gradient where it starts",
    options: [
      new Option('--set <name=value>', 'x=2, or x=[1,2]; may be repeated').argParser(setting),
      data(),
      shapes(),
      seed('the initial values'),
      maxEntries(),
      new Option('--digits <n>', 'significant digits').argParser(whole(1, LIMITS.digits)),
      json('the values'),
    ],
    run: async (session, argument, command) => (await import('./eval.ts')).run(session, argument, command.opts()),
  },
];
