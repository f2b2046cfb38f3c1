#!/usr/bin/env node
import type { Io } from './io.ts';
import { run } from './run.ts';

/** The command: the process's own streams, and its exit status. */

const { stdin, stdout, stderr, env } = process;

// A reader that has seen enough (`gradus derive … | head`) is no failure.
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
}

/** See https://no-color.org. */
const colored = (stream: NodeJS.WriteStream): boolean => stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';

const io: Io = {
  out: (text) => stdout.write(text),
  err: (text) => stderr.write(text),
  input: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  },
  inputIsTerminal: stdin.isTTY === true,
  terminal: stdin.isTTY ? { input: stdin, output: stdout, env } : undefined,
  screen: stderr.isTTY ? stderr : undefined,
  colors: { out: colored(stdout), err: colored(stderr) },
  interruptible() {
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    return stop.signal;
  },
};

process.exitCode = await run(process.argv.slice(2), io);
