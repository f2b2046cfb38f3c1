import { existsSync, readFileSync } from 'node:fs';
import { Argument, Command, CommanderError } from 'commander';
import { GradusError } from '../language/diagnostics.ts';
import { visible } from '../language/visible.ts';
import { LANGUAGES, voiceOf } from '../session/speech.ts';
import { colorChoice } from './color.ts';
import { helpIn, toldUsage } from './command-help.ts';
import { commands, globalOptions } from './commands.ts';
import { printScript, SHELLS, suggest } from './completion.ts';
import { examplesText } from './examples.ts';
import { globalChoice } from './global.ts';
import { type Io, Session, STATUS } from './io.ts';
import { refuseTwice } from './option.ts';
import { withSource } from './signed-source.ts';
import { reasonOf } from './source.ts';

/**
 * The command line, from its arguments to its exit status. It never throws, and never prints a stack trace.
 * @param given the arguments, without node and the script
 */
export async function run(given: readonly string[], streams: Io): Promise<number> {
  const { choice, argv: plain } = colorChoice(given);
  const { choice: lang = 'en', argv } = globalChoice('lang', LANGUAGES, plain);
  const io = choice === 'auto' ? streams : { ...streams, colors: { out: choice === 'always', err: choice === 'always' } };
  const session = new Session(io, {
    json: wantsJson(argv),
    command: NAMES.find((name) => name === argv[0]),
    voice: voiceOf(lang),
  });
  try {
    let status: number = STATUS.done;
    const program = commandLine(session, (result) => {
      status = result;
    });
    if (argv.length === 0 && io.inputIsTerminal && !io.terminal) {
      io.err(program.helpInformation());
      return STATUS.wrongUsage;
    }
    if (argv.length === 0) return await withoutCommand(session);
    // What the completion script asks.
    if (argv[0] === 'complete')
      await suggest(
        commandLine(session, () => {}, false),
        argv.slice(argv[1] === '--' ? 2 : 1),
      );
    else {
      refuseSource(argv);
      await program.parseAsync(withSource(argv), { from: 'user' });
    }
    return status;
  } catch (error) {
    return statusOf(error, session);
  }
}

/** That standard output takes no more, in the language that is asked for. */
export function unwritten(given: readonly string[], error: unknown): string {
  const { choice: lang = 'en' } = globalChoice('lang', LANGUAGES, given);
  return visible(new GradusError('data', `cannot write standard output: ${reasonOf(error)}`).told(voiceOf(lang).speech).format());
}

/** Every word that a command line may begin with. */
const NAMES = [...commands.map(({ name }) => name), 'help', 'completion'];

/** @throws GradusError `usage` for a source where a command belongs, with the command */
function refuseSource([first = '', ...rest]: readonly string[]): void {
  if (first.startsWith('--') || /^-[hV]$/.test(first) || /^[a-z]{3,}$/.test(first)) return;
  const written = [first, ...rest].map((arg) => (/^[\w./=,:+-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`));
  const file = existsSync(first) || first.endsWith('.grad');
  throw new GradusError('usage', `${file ? 'a file' : 'a source'} stands where a command was expected`, {
    hint: `gradus derive ${written.join(' ')}`,
  });
}

/** Whether messages are to be JSON, known before the arguments are read: they may be what is wrong. */
function wantsJson(argv: readonly string[]): boolean {
  const options = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined);
  return options.includes('--json') || /(^| )--format[ =]json( |$)/.test(options.join(' '));
}

/** On a terminal a session; on standard input a session too, or a model to derive. */
async function withoutCommand(session: Session): Promise<number> {
  const { io } = session;
  if (io.terminal) return (await import('./repl/shell.ts')).runShell(session, io.terminal, version());
  const text = await io.input();
  const { isSession, runScript } = await import('./repl/script.ts');
  if (isSession(text)) return runScript(session, text);
  return run(['--lang', session.voice.lang, 'derive', '-'], { ...io, input: async () => text });
}

/** @param own with the commands that are about the command line itself */
function commandLine(session: Session, finish: (status: number) => void, own = true): Command {
  const { voice } = session;
  const program = new Command('gradus')
    .description('Symbolic derivatives: derived step by step, checked, compiled and trained.')
    .version(version(), '-V, --version')
    .helpCommand(false)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, ...helpIn(voice) })
    .configureOutput({
      writeOut: (text) => session.io.out(visible(text)),
      writeErr: (text) => session.io.err(visible(text)),
      // As JSON it is written where the exit status is found.
      outputError: (text, write) => session.json || write(toldUsage(text, voice)),
    })
    .addHelpText(
      'after',
      () =>
        `\n${voice.say('Without a command: a session on a terminal; a model on standard input is derived.')}\n${examplesText('', voice)}`,
    );
  for (const option of globalOptions()) program.addOption(option);
  refuseTwice(program, program.options);
  for (const { name, called = '<source>', argument, summary, options, run } of commands) {
    const command = program
      .command(name)
      .description(summary)
      .argument(called, argument)
      .addHelpText('after', examplesText(name, voice));
    for (const option of options) command.addOption(option);
    refuseTwice(command, options);
    command.action(async (source: string) => finish(await run(session, source, command)));
  }
  program
    .command('help')
    .description('help on a command, an option, a function, a rule, a kind of error, or whatever the documentation speaks of')
    .argument(
      '[topic...]',
      'derive, --batch, sin, shape, chain rule, learning rate; functions lists the functions of the language',
    )
    .allowUnknownOption()
    .addHelpText('after', examplesText('help', voice))
    .action((topic: readonly string[]) => help(session, program, topic.length > 0 ? topic.join(' ') : undefined));
  if (!own) return program;
  program
    .command('completion')
    .description('print the script that makes a shell complete commands and options')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .addHelpText('after', examplesText('completion', voice))
    .action((shell: string) => printScript(commandLine(session, finish, false), shell));
  return program;
}

/** The help on a topic, or on everything. */
async function help(session: Session, program: Command, topic: string | undefined): Promise<void> {
  const command = topic === undefined ? program : program.commands.find((c) => c.name() === topic);
  if (command) {
    command.outputHelp();
    return;
  }
  const { topicLines } = await import('../session/help/topics.ts');
  const { helpEntries } = await import('./help-entries.ts');
  for (const line of topicLines(topic!, helpEntries(session.voice), OTHERWISE, session.voice)) session.line(line);
}

const OTHERWISE = 'ask with another word; the functions are listed by help functions, options by train --help';

/** What went wrong, said in a message; what to exit with. */
function statusOf(error: unknown, session: Session): number {
  if (error instanceof CommanderError) return statusOfArguments(error, session);
  if (error instanceof GradusError) {
    session.error(error);
    return error.code === 'usage' ? STATUS.wrongUsage : STATUS.wrongSource;
  }
  const reason = error instanceof Error ? error.message : String(error);
  // What is left of sizes that no limit has met: the engine's own.
  if (error instanceof RangeError && /Invalid (string|(typed )?array) length|allocation failed/.test(reason)) {
    session.error(new GradusError('limit', `the result does not fit into memory (${reason})`));
    return STATUS.wrongSource;
  }
  session.note(`internal error: ${reason}\n  this is a mistake in gradus, not in the source`);
  return STATUS.wrongSource;
}

/** The message, or the help that was asked for, is printed already, but as JSON it is not. */
function statusOfArguments({ exitCode, code, message }: CommanderError, session: Session): number {
  if (exitCode === 0) return STATUS.done;
  if (session.json) {
    const [first, suggestion] = toldUsage(message, session.voice)
      .replace(/^(error: |错误：)/, '')
      .split('\n');
    session.error(new GradusError('usage', first!, { hint: suggestion?.replace(/^[(（]|[)）]$/g, '') }));
  } else if (code !== 'commander.help') session.seeHelp();
  return STATUS.wrongUsage;
}

const version = (): string => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  return version;
};
