#!/usr/bin/env node
import { colored } from './color.ts';
import { type Io, STATUS } from './io.ts';
import { run, unwritten } from './run.ts';

/** The command: the process's own streams, and its exit status. */

const { stdin, stdout, stderr, env } = process;

// A reader that has seen enough (`gradus derive … | head`) is no failure.
let closed = false;
let lost = false;
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    // A terminal that was closed, a full disk: a run keeps what it has before it ends.
    if (error.code === 'EIO' && stream.isTTY) closed = true;
    else if (stream === stdout && !lost) {
      lost = true;
      stderr.write(`${unwritten(process.argv.slice(2), error)}\n`);
    }
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

const status = await run(process.argv.slice(2), io);
process.exitCode = lost ? status || STATUS.wrongSource : status;
// What is written last may be refused behind the end.
process.on('exit', () => {
  if (lost) process.exitCode = status || STATUS.wrongSource;
});
// Node would fail to reset a terminal that is not there any more.
if (closed) process.kill(process.pid, 'SIGHUP');
