import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { GradusError } from '../language/diagnostics.ts';
import { visible } from '../language/visible.ts';
import { commands } from './commands.ts';
import { functionLines } from './functions.ts';
import { type Io, Session, STATUS } from './io.ts';
import { refuseTwice } from './option.ts';
import { withSource } from './signed-source.ts';

/**
 * The command line, from its arguments to its exit status. It never throws, and never prints a stack trace.
 * @param argv the arguments, without node and the script
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const session = new Session(io);
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
    if (argv.join(' ') === 'help functions') {
      for (const line of functionLines()) session.line(line);
      return STATUS.done;
    }
    await program.parseAsync(withSource(argv), { from: 'user' });
    return status;
  } catch (error) {
    return statusOf(error, session);
  }
}

/** On a terminal a session; on standard input a session too, or a model to derive. */
async function withoutCommand(session: Session): Promise<number> {
  const { io } = session;
  if (io.terminal) return (await import('./repl/shell.ts')).runShell(session, io.terminal, version());
  const text = await io.input();
  const { isSession, runScript } = await import('./repl/script.ts');
  if (isSession(text)) return runScript(session, text);
  return run(['derive', '-'], { ...io, input: async () => text });
}

function commandLine(session: Session, finish: (status: number) => void): Command {
  const program = new Command('gradus')
    .description('Symbolic derivatives: derived step by step, checked, compiled and trained.')
    .version(version(), '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: (text) => session.io.out(visible(text)), writeErr: (text) => session.io.err(visible(text)) })
    .addHelpText(
      'after',
      '\nWithout a command: a session on a terminal; a model on standard input is derived.\ngradus help functions lists the functions of the language.',
    );
  for (const { name, argument, summary, options, run } of commands) {
    const command = program
      .command(name)
      .description(summary)
      .argument(name === 'train' ? '<model>' : '<source>', argument);
    for (const option of options) command.addOption(option);
    refuseTwice(command, options);
    command.action(async (source: string) => finish(await run(session, source, command)));
  }
  return program;
}

/** What went wrong, said in a message; what to exit with. */
function statusOf(error: unknown, session: Session): number {
  // The message, or the help that was asked for, is printed already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? STATUS.done : STATUS.wrongUsage;
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

const version = (): string => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  return version;
};
