import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The code in a page, run as it stands by those who read it. */

export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Block {
  /** What stands behind the fence: `js`, `sh`, nothing. */
  readonly language: string;
  readonly text: string;
  /** Where it begins in the page, from 1. */
  readonly line: number;
}

export const page = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The fenced blocks of a page. */
export function blocksOf(text: string): Block[] {
  return [...text.matchAll(/^```(\w*)\n(.*?)\n```$/gms)].map(([, language, body], _, __) => {
    const at = text.indexOf(`\`\`\`${language}\n${body}\n\`\`\``);
    return { language: language!, text: body!, line: text.slice(0, at).split('\n').length };
  });
}

/** The cells of a page's tables, row by row; a bar that is escaped does not end one. */
export const rowsOf = (text: string): string[][] =>
  [...text.matchAll(/^\|(.*)\|$/gm)]
    .map(([, row]) => row!.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|')))
    .filter((cells) => !cells.every((cell) => /^-+$/.test(cell)));

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder with the examples, a model of one's own, and the command `gradus`: the built package. */
export class Place {
  readonly folder = mkdtempSync(join(tmpdir(), 'gradus-'));

  constructor(model: string) {
    symlinkSync(join(root, 'examples'), join(this.folder, 'examples'));
    writeFileSync(join(this.folder, 'model.grad'), model);
    const command = join(this.folder, 'gradus');
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${root}dist/app/main.js" "$@"\n`);
    chmodSync(command, 0o755);
  }

  /** A command of the shell; a formula waits on its standard input. */
  shell(command: string): Ran {
    const env = { ...process.env, PATH: `${this.folder}:${process.env.PATH}` };
    return ran(spawnSync('sh', ['-c', command], { cwd: this.folder, encoding: 'utf8', env, input: 'x^2\n' }));
  }

  /** A module that imports `gradus`, as from a package that has it installed. */
  module(text: string): Ran {
    // Within the package, its own name is known.
    const file = join(root, 'dist', `snippet-${process.pid}-${Math.random().toString(36).slice(2)}.mjs`);
    writeFileSync(file, text);
    try {
      return ran(spawnSync(process.execPath, [file], { cwd: this.folder, encoding: 'utf8' }));
    } finally {
      rmSync(file);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

const ran = ({ status, stdout, stderr }: { status: number | null; stdout: string; stderr: string }): Ran => ({
  status,
  out: stdout,
  err: stderr,
});

const PROMISE = /^(.*(?:\.toString\(\)|\.message));(\s*\/\/ )(.*)$/;

/** The module, in which each line `….toString(); // text` is held against its text: what it gives begins it. */
export function heldToComments(text: string): string {
  const lines = text.split('\n').map((line) => {
    const [, expression, , said] = PROMISE.exec(line) ?? [];
    if (expression === undefined) return line;
    return `__held(${expression}, ${JSON.stringify(said)});`;
  });
  return `${lines.join('\n')}
function __held(found, said) {
  const told = said.replace('…', '').split(/\\s+/);
  const words = found.split(/\\s+/);
  if (!said.startsWith(found) && !told.every((word) => words.includes(word)))
    throw new Error(\`\${found} is not what is said: \${said}\`);
}
`;
}
