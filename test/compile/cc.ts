import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a test needs a C compiler for is left out where there is none. */
export const hasCompiler = spawnSync('cc', ['--version']).status === 0;

export const STRICT = ['-O1', '-Wall', '-Werror', '-std=c99'];

/** One function in C and what it is called with. */
export interface Unit {
  /** A file with one function that is not static. */
  readonly text: string;
  readonly name: string;
  readonly precision: 'f64' | 'f32';
  /** In the order of its parameters: numbers, or how many there are to be. */
  readonly arrays: readonly (ArrayLike<number> | number)[];
  /** For a function that takes steps. */
  readonly steps?: number;
}

/** What the arrays hold afterwards; of a function that takes steps their number and the history too. */
export interface Ran {
  readonly arrays: readonly number[][];
  readonly steps: number;
  readonly history: readonly number[];
}

const literal = (x: number): string =>
  Number.isNaN(x) ? 'NAN' : Number.isFinite(x) ? `${x}${/[.e]/.test(String(x)) ? '' : '.0'}` : x < 0 ? '-INFINITY' : 'INFINITY';

/** The calls of a unit, with its arrays by themselves, so that a step beyond one of them shows. */
function calling({ text, name, precision, arrays, steps }: Unit): string {
  const type = precision === 'f32' ? 'float' : 'double';
  const memory = Number(/^enum \{ \w+ = (\d+) \};$/m.exec(text)?.[1] ?? 0);
  const signature = /^(?:void|long) \w+\(.*\)(?= \{$)/m.exec([...text.matchAll(/^(?:void|long) .*$/gm)].at(-1)![0])![0];
  const lines = [`${signature.replace(/\breal\b/g, type)};`];
  const args = arrays.map((data, k) => {
    const length = typeof data === 'number' ? data : data.length;
    const values = typeof data === 'number' ? '{0}' : `{${Array.from(data, literal).join(', ')}}`;
    lines.push(`static ${type} ${name}_${k}[${Math.max(1, length)}] = ${length === 0 ? '{0}' : values};`);
    return `${name}_${k}`;
  });
  if (memory > 0) {
    lines.push(`static ${type} ${name}_memory[${memory}];`);
    args.push(`${name}_memory`);
  }
  if (steps !== undefined) {
    lines.push(`static double ${name}_history[${steps}];`);
    args.push(String(steps), `${name}_history`, '1');
  }
  lines.push(`static void run_${name}(void) {`, `  ${steps === undefined ? '' : 'long done = '}${name}(${args.join(', ')});`);
  const show = (array: string, length: number) =>
    `  for (int i = 0; i < ${length}; i++) printf("%.17g ", (double)${array}[i]);\n  puts("");`;
  lines.push(...arrays.map((data, k) => show(`${name}_${k}`, typeof data === 'number' ? data : data.length)));
  if (steps !== undefined) lines.push(show(`${name}_history`, steps), '  printf("%ld\\n", done);');
  return [...lines, '}'].join('\n');
}

/** Compiles all of them, runs them in one process and reads what they leave. */
export function compiled(units: readonly Unit[], flags: readonly string[]): Map<string, Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-c-'));
  try {
    const files = units.map(({ name, text }) => {
      const file = join(folder, `${name}.c`);
      writeFileSync(file, text);
      return file;
    });
    const main = join(folder, 'main.c');
    const body = `int main(void) {\n${units.map(({ name }) => `  run_${name}();`).join('\n')}\n  return 0;\n}\n`;
    writeFileSync(main, ['#include <math.h>', '#include <stdio.h>', ...units.map(calling), body].join('\n'));
    const program = join(folder, 'program');
    execFileSync('cc', [...flags, '-o', program, main, ...files, '-lm'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const lines = execFileSync(program, { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n');
    let at = 0;
    const read = (): number[] =>
      lines[at++]!.trim()
        .split(' ')
        .filter((word) => word !== '')
        .map((word) =>
          /nan/.test(word) ? Number.NaN : /inf/.test(word) ? (word.startsWith('-') ? -Infinity : Infinity) : Number(word),
        );
    return new Map(
      units.map(({ name, arrays, steps }) => [
        name,
        {
          arrays: arrays.map(read),
          history: steps === undefined ? [] : read(),
          steps: steps === undefined ? 1 : read()[0]!,
        },
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
