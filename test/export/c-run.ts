import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { modelInC } from '../../src/export/c/model.ts';
import type { Exported } from '../../src/export/dialect.ts';
import { bind } from '../../src/numeric/binding.ts';
import type { Value } from '../../src/numeric/value-text.ts';
import { difference, nudged, reference } from '../compile/ways.ts';

export const FLAGS = ['-std=c11', '-Wall', '-Wextra', '-pedantic', '-Werror', '-O1'];

/** What a model's program says: the loss, the value and then every gradient, in the order of the parameters. */
export interface Said {
  readonly loss: number;
  readonly value: number;
  readonly gradients: readonly number[];
}

const SHARED = ['loss', 'gradients', 'value_and_gradients', 'predict', 'initial_parameters', 'example_data'];

const driver = (k: number): string => `${SHARED.map((name) => `#define ${name} ${name}_${k}`).join('\n')}
#include "${k}/model.c"
#include <stdio.h>
void show_${k}(void);
void show_${k}(void) {
  static Params params, found;
  static Data data;
  initial_parameters(&params);
  example_data(&data);
  printf("%.17g\\n", (double)loss(&params, &data));
  printf("%.17g\\n", (double)value_and_gradients(&params, &data, &found));
  for (size_t i = 0; i < sizeof found / sizeof(real); i++) printf("%.17g ", (double)((const real *)&found)[i]);
  puts("");
}
`;

const numberOf = (word: string): number =>
  /nan/.test(word) ? Number.NaN : /inf/.test(word) ? (word.startsWith('-') ? -Infinity : Infinity) : Number(word);

const listOf = (value: Value): number[] => (typeof value === 'number' ? [value] : Array.from(value.data));

/** The gradients' entries within a struct: ISO C has no arrays without entries, so that one of none is one long. */
function entriesOf({ params, values }: Exported, struct: readonly number[]): number[] {
  let from = 0;
  const found = params.flatMap(({ name }) => {
    const { length } = listOf(values.get(name)!);
    const own = struct.slice(from, from + length);
    from += Math.max(1, length);
    return own;
  });
  return [...found, ...struct.slice(from)];
}

/** Compiles the models' programs into one and reads what they say. */
export function saidInC(models: readonly Exported[], flags = FLAGS): Said[] {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-export-c-'));
  try {
    const drivers = models.map((model, k) => {
      mkdirSync(join(folder, String(k)));
      for (const [name, text] of Object.entries(modelInC(model))) writeFileSync(join(folder, String(k), name), text);
      const file = join(folder, `driver_${k}.c`);
      writeFileSync(file, driver(k));
      return file;
    });
    const main = join(folder, 'main.c');
    const calls = models.map((_, k) => `  show_${k}();`).join('\n');
    const declared = models.map((_, k) => `void show_${k}(void);`).join('\n');
    writeFileSync(main, `${declared}\nint main(void) {\n${calls}\n  return 0;\n}\n`);
    const program = join(folder, 'program');
    execFileSync('cc', [...flags, '-o', program, main, ...drivers, '-lm'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const lines = execFileSync(program, { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n');
    return models.map((model, k) => ({
      loss: numberOf(lines[3 * k]!),
      value: numberOf(lines[3 * k + 1]!),
      gradients: entriesOf(model, lines[3 * k + 2]!.trim().split(' ').filter(Boolean).map(numberOf)),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a program says agrees with the interpreter to 1e-12, or as far as the last bits of the inputs matter. */
export function agrees(exported: Exported, said: Said, least = 1e-12): void {
  const { model, values, params, gradients, forward } = exported;
  const { sizes } = bind(model, Object.fromEntries([...values].filter(([name]) => model.inputs.has(name))));
  const inputs = new Map([...values].map(([name, value]) => [name, listOf(value)]));
  for (const [node, { data }] of model.literals) if (node.kind === 'variable') inputs.set(node.name, [...data]);
  const spec = { outputs: [forward.at(-1)!.node, ...params.map(({ name }) => gradients.get(name)!)], sizes };
  const of = (at: typeof inputs) => {
    const [value, ...rest] = reference(spec, at).outputs;
    return [value!, ...rest];
  };
  const exact = of(inputs);
  const moved = [1, 2, 3].map((seed) => of(nudged(inputs, seed)));
  let from = 0;
  const found = [[said.value]];
  for (const { length } of exact.slice(1)) {
    found.push(said.gradients.slice(from, from + length));
    from += length;
  }
  expect(said.gradients.length).toBe(from);
  expect(difference([said.value], [said.loss]), 'loss and value').toBeLessThanOrEqual(least);
  found.forEach((own, k) => {
    const allowed = moved.reduce((most, other) => Math.max(most, 8 * difference(exact[k]!, other[k]!)), least);
    expect(difference(exact[k]!, own), k === 0 ? 'value' : `gradient by ${params[k - 1]!.name}`).toBeLessThanOrEqual(allowed);
  });
}
