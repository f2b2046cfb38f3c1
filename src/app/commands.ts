import { type Command, Option } from 'commander';
import { LIMITS } from '../language/limits.ts';
import { whole } from '../options/kinds.ts';
import {
  checking,
  claim as claims,
  deriving,
  dialect,
  exporting,
  optimizing,
  speaking,
  splitting,
  training,
  verifying,
  writing,
  wrt,
} from '../options/tables.ts';
import { claim, classes, collected, columns, delimiter, setting, shape } from './arguments.ts';
import { COLOR } from './color.ts';
import { engineNames } from './engine/names.ts';
import { FORMATS } from './formats.ts';
import type { Session } from './io.ts';
import { fromTable, readAs } from './option.ts';

/** A subcommand: what it takes, and where its work is, which is loaded only when it is asked for. */
interface CommandSpec {
  readonly name: string;
  readonly argument: string;
  /** What the argument is called: `<source>` if left out; in brackets where it can be left out. */
  readonly called?: string;
  readonly summary: string;
  readonly options: readonly Option[];
  /** Does the work; returns the exit status. */
  readonly run: (session: Session, argument: string, command: Command) => Promise<number>;
}

const WHAT = 'a .grad file, - for standard input, or the source itself';

/** Options of every command. */
export const globalOptions = (): readonly Option[] => [
  new Option('--color <when>', 'colours: on a terminal if left out').choices(COLOR),
  fromTable('lang', speaking.lang),
];

const by = () => fromTable('wrt', wrt);
const shapes = () =>
  new Option('--shape <name=dims>', 'the shape of a name that the source does not declare: X=2,m').argParser(shape);
const data = (): readonly Option[] => [
  new Option('--data <file>', 'values by name: a table (CSV, TSV), JSON, JSON lines, NPY, NPZ, also as .gz; - for standard input')
    .argParser(collected)
    .default([], 'none'),
  new Option('--map <name=columns>', "columns of a table that fill a name: X=x1,x2, 'X=x*', X=x1..x9; may be repeated").argParser(
    columns,
  ),
  new Option('--missing <what>', 'rows that lack a value: an error, or left out').choices(['refuse', 'drop']).default('refuse'),
  new Option('--classes <name=list>', 'the classes of a one-hot name, in their order: Y=no,maybe,yes; may be repeated').argParser(
    classes,
  ),
  new Option(
    '--delimiter <sign>',
    'what separates the cells of tables, where it is not found: comma, semicolon, tab, bar, colon, space, or the sign itself',
  ).argParser(delimiter),
  new Option('--decimal <sign>', 'the decimal sign of tables, where it is not found').choices(['point', 'comma']),
];
const set = () => new Option('--set <name=value>', 'x=2, or x=[1,2]; may be repeated').argParser(setting);
const maxEntries = () =>
  fromTable('maxEntries', checking.maxEntries, {
    words: `${checking.maxEntries.words} (default: ${checking.maxEntries.default})`,
    default: undefined,
  });
/** Where the steps of a run are done. */
const engine = (): readonly Option[] => [
  new Option('--engine <name>', 'what does the steps in place of our own programs: jax, in a Python that has it').choices(
    engineNames,
  ),
  new Option('--python <file>', 'the Python of the engine (default: GRADUS_PYTHON, or python3)'),
  readAs(new Option('--processes <n>', 'processes of the engine, which share the examples: started here'), whole(1, 4096)),
  new Option('--coordinator <address>', 'of a process of many that something else starts: HOST:PORT of the first'),
  readAs(new Option('--process-id <n>', 'of a process of many: which it is, from 0 on'), whole(0, 4095)),
  readAs(
    new Option('--wait <seconds>', 'how long a process waits for the others (default: 8, or 60 under a scheduler)'),
    whole(1, 86_400),
  ),
];
const json = (what: string) => new Option('--json', `print ${what} as JSON, in full precision`);

/** What is left out is the optimizer's to say. */
const ofOptimizer = ({ words, default: value }: { readonly words: string; readonly default?: number }) => ({
  words: `${words} (default: ${value})`,
  default: undefined,
});

/** The only list of subcommands. */
export const commands: readonly CommandSpec[] = [
  {
    name: 'derive',
    argument: WHAT,
    summary: 'derive an expression or a model, step by step',
    options: [
      by(),
      fromTable('order', deriving.order, { default: undefined }),
      fromTable('detail', writing.detail),
      new Option('--format <format>', 'how to write it').choices(FORMATS).default('text'),
      new Option('--json', 'the same as --format json').conflicts('format'),
      new Option('-o, --output <file>', 'write to a file'),
      fromTable('notation', writing.notation, {
        words: `${writing.notation.words} (default: ${writing.notation.default})`,
        default: undefined,
      }),
      new Option('--plan', 'what its program does instead: statements, operations, memory'),
      new Option('--numbers', 'every value beside its formula, forward and backward, and a step of descent'),
      fromTable('lr', writing.lr),
      fromTable('parallel', splitting),
      set(),
      ...data(),
      shapes(),
      maxEntries(),
    ],
    run: async (session, argument, command) => (await import('./derive.ts')).run(session, argument, command.opts()),
  },
  {
    name: 'train',
    called: '<model>',
    argument: `a model: ${WHAT}`,
    summary: 'derive a model, then train its parameters by gradient descent',
    options: [
      ...data(),
      fromTable('epochs', training.epochs),
      fromTable('lr', training.lr, ofOptimizer(training.lr)),
      fromTable('optimizer', training.optimizer),
      ...Object.entries(optimizing).map(([name, option]) => fromTable(name, option, ofOptimizer(option))),
      fromTable('batch', training.batch),
      fromTable('batchAxis', training.batchAxis),
      fromTable('shuffle', training.shuffle),
      fromTable('schedule', training.schedule),
      fromTable('warmup', training.warmup, { default: undefined }),
      fromTable('gamma', training.gamma),
      fromTable('every', training.every, { default: undefined }),
      fromTable('clip', training.clip),
      fromTable('weightDecay', training.weightDecay),
      fromTable('fix', training.fix),
      fromTable('scale', training.scale),
      fromTable('validation', training.validation, { default: undefined }),
      fromTable('test', training.test, { default: undefined }),
      fromTable('patience', training.patience),
      fromTable('errors', training.errors, { default: undefined }),
      fromTable('seed', training.seed),
      fromTable('precision', training.precision, { default: undefined }),
      ...engine(),
      fromTable('backend', training.backend, { default: undefined }),
      fromTable('threads', training.threads),
      new Option('--checkpoint <file>', 'keep the state of the run in a file, so that it survives'),
      fromTable('checkpointEvery', training.checkpointEvery, { default: undefined }),
      new Option('--resume <file>', 'go on from a checkpoint: the run ends where it would have ended'),
      new Option(
        '--save <file>',
        'write what was learned, for eval --params: params.json, or params.npz where there are no classes or means of the data to keep',
      ),
      new Option('--progress <format>', 'tell the progress as JSON, an object a line on standard error').choices(['json']),
      new Option('--report <file>', 'write a page with the derivation, the curve and pictures: report.html'),
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
      by(),
      new Option('--claim <name: derivative>', claims.words).argParser(claim),
      ...data(),
      fromTable('points', verifying.points),
      fromTable('seed', verifying.seed),
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
      set(),
      ...data(),
      shapes(),
      fromTable('seed', training.seed, { words: 'of the initial values' }),
      new Option('--params <file>', 'parameters that were learned: what train --save or train --json wrote'),
      readAs(new Option('--quantity <names>', 'named quantities alone, of what they depend on: A2'), wrt.kind),
      new Option(
        '-o, --output <file>',
        'write the quantities to a file: a table, .csv, or .json; - for the table on standard output',
      ),
      maxEntries(),
      readAs(new Option('--digits <n>', 'significant digits'), whole(1, LIMITS.digits)),
      json('the values'),
    ],
    run: async (session, argument, command) => (await import('./eval.ts')).run(session, argument, command.opts()),
  },
  {
    name: 'export',
    argument: `a model: ${WHAT}`,
    summary: 'the model with its derivatives as a program in another language',
    options: [
      fromTable('to', dialect).makeOptionMandatory(),
      new Option('-o, --output <folder>', 'write the files into a folder; to standard output if left out'),
      fromTable('precision', exporting.precision),
      set(),
      ...data(),
      new Option('--params <file>', 'parameters that were learned: what train --save or train --json wrote'),
      fromTable('seed', exporting.seed),
      shapes(),
      maxEntries(),
    ],
    run: async (session, argument, command) => (await import('./export.ts')).run(session, argument, command.opts()),
  },
  {
    name: 'page',
    called: '[model]',
    argument: `a model: ${WHAT}`,
    summary: 'serve the page where a model is typed, derived, checked and trained, and open it in the browser',
    options: [
      readAs(new Option('--port <n>', 'where it is served (default: 7340, or one that is free)'), whole(1, 65_535)),
      new Option('--no-open', 'only serve it, and print the address'),
    ],
    run: async (session, argument, command) => (await import('./page.ts')).run(session, argument, command.opts()),
  },
];
