#!/usr/bin/env node
import { colored } from './color.ts';
import type { Io } from './io.ts';
import { run } from './run.ts';

/** The command: the process's own streams, and its exit status. */

const { stdin, stdout, stderr, env } = process;

// A reader that has seen enough (`gradus derive … | head`) is no failure.
let closed = false;
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A terminal that was closed: a run keeps what it has before it ends.
    if (error.code === 'EIO' && stream.isTTY) closed = true;
    else process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
}

const io: Io = {
  out: (text) => stdout.write(text),
  err: (text) => stderr.write(text),
  input: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  },
  bytes: () => stdin as AsyncIterable<Uint8Array>,
  inputIsTerminal: stdin.isTTY === true,
  terminal: stdin.isTTY ? { input: stdin, output: stdout, env } : undefined,
  screen: stderr.isTTY ? stderr : undefined,
  colors: { out: colored(env, stdout.isTTY === true), err: colored(env, stderr.isTTY === true) },
  interruptible(endings = ['SIGINT']) {
    const stop = new AbortController();
    for (const ending of endings) {
      process.once(ending, () => stop.abort(ending));
    }
    return stop.signal;
  },
};

process.exitCode = await run(process.argv.slice(2), io);
// Node would fail to reset a terminal that is not there any more.
if (closed) process.kill(process.pid, 'SIGHUP');
