import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { GradusError } from '../language/diagnostics.ts';
import { commands } from './commands.ts';
import { type Io, Session, STATUS } from './io.ts';

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
    if (argv.length === 0 && io.inputIsTerminal) {
      io.err(program.helpInformation());
      return STATUS.wrongUsage;
    }
    await program.parseAsync(argv.length === 0 ? ['derive', '-'] : argv, { from: 'user' });
    return status;
  } catch (error) {
    return statusOf(error, session);
  }
}

function commandLine(session: Session, finish: (status: number) => void): Command {
  const program = new Command('gradus')
    .description('Symbolic derivatives: derived step by step, checked, compiled and trained.')
    .version(version(), '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: (text) => session.io.out(text), writeErr: (text) => session.io.err(text) })
    .addHelpText('after', '\nA model on standard input, without a command, is derived.');
  for (const { name, argument, summary, options, run } of commands) {
    const command = program
      .command(name)
      .description(summary)
      .argument(name === 'train' ? '<model>' : '<source>', argument);
    for (const option of options) command.addOption(option);
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
  session.note(`internal error: ${reason}\n  this is a mistake in gradus, not in the source`);
  return STATUS.wrongSource;
}

const version = (): string => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  return version;
};
