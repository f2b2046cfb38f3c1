import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inC } from '../../src/compile/targets/c/names.ts';
import { c } from '../../src/export/c/index.ts';
import { modelInC } from '../../src/export/c/model.ts';
import { exportTo } from '../../src/index.ts';
import { hasCompiler } from '../compile/cc.ts';
import { exportedOf } from './c-exported.ts';
import { agrees, FLAGS, type Said, saidInC } from './c-run.ts';
import { exampleOf } from './c-sources.ts';
import { unusual } from './unusual.ts';

const NAMES = ['xor-hidden', 'models/lstm', 'models/mixture', 'line', 'models/convolution'].map((n) => `examples/${n}.grad`);

const TRICKY = `# names that C has for itself, numbers within an expression, a parameter that does not matter
data int : [3] = [1, 2, 3], double = 0.5
const π_two = 6.28
param float : [3] = [0.1, 0.2, 0.3], larger = 2, loss : [2, 2] = 1, sigmoid = 0.3, idle : [2] = 4
softmax_ = σ(float.*int + double*sigmoid)
minimize gradients = sum([1, 2, 3].*softmax_) + max(larger, π_two)^2 + sum(loss.^3)`;

describe.skipIf(!hasCompiler)('a model in C', () => {
  const matrices = ['[[1, 2], [3, 4]]', '[[1, 2, 3], [2, 4, 6], [1, 0, 1]]', '[[0, 0], [0, 3]]'];
  const models = [
    ...NAMES.map(exampleOf),
    exportedOf(TRICKY),
    ...matrices.map((A) =>
      exportedOf(`param A : [${A.split('],').length}, ${A.split('],').length}] = ${A}\nminimize Cost = det(A)`),
    ),
  ];
  let ran: readonly Said[] | undefined;
  const said = (k: number): Said => {
    ran ??= saidInC(models);
    return ran[k]!;
  };

  it.each([...NAMES, 'names of C', ...matrices].map((name, k) => [name, k] as const))(
    'has the value and the gradients of %s',
    (_, k) => {
      agrees(models[k]!, said(k));
    },
  );
});

describe.skipIf(!hasCompiler)('names', () => {
  const headers = ['math', 'stddef', 'stdio', 'stdlib', 'string'].map((name) => `#include <${name}.h>\n`).join('');
  const defined = !hasCompiler ? '' : execFileSync('cc', ['-dM', '-E', '-'], { input: headers, encoding: 'utf8' });
  const macros = [...defined.matchAll(/^#define ([A-Za-z]\w*) /gm)].map(([, name]) => name!);

  it('are none that the headers define', () => {
    expect(macros).toContain('M_PI');
    expect(macros.filter((name) => !inC.reserved.includes(name))).toEqual([]);
  });

  it('are none that compilers of any age keep', () => {
    const kept = [...['linux', 'unix', 'asm', 'typeof', 'bool', 'true', 'nullptr', 'constexpr'], ...macros.slice(0, 20)];
    const inputs = kept.map((name, k) => `param ${name} = ${k}`).join('\n');
    const files = modelInC(exportedOf(`${inputs}\nminimize Cost = ${kept.map((name) => `${name}^2`).join(' + ')}`));
    const folder = mkdtempSync(join(tmpdir(), 'gradus-model-c-'));
    try {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      for (const standard of ['-std=gnu99', '-std=gnu17', '-std=gnu2x']) {
        execFileSync('cc', [
          standard,
          '-Wall',
          '-Werror',
          '-DGRADUS_MAIN',
          join(folder, 'model.c'),
          '-lm',
          '-o',
          join(folder, 'm'),
        ]);
        expect(execFileSync(join(folder, 'm'), ['--check'], { encoding: 'utf8' })).toContain('all agree');
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe.skipIf(!hasCompiler)('a model in C as a program', () => {
  it.each(['f64', 'f32'] as const)('checks and trains itself in %s', (precision) => {
    const folder = mkdtempSync(join(tmpdir(), 'gradus-model-c-'));
    try {
      const files = modelInC({ ...exampleOf('examples/xor-hidden.grad'), precision });
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      const program = join(folder, 'model');
      execFileSync('cc', [...FLAGS, '-DGRADUS_MAIN', join(folder, 'model.c'), '-lm', '-o', program]);
      expect(execFileSync(program, ['--check'], { encoding: 'utf8' }).trim().split('\n')).toEqual([
        ...['W1', 'b1', 'W2', 'b2'].map((name) => expect.stringContaining(`${name}: differs from differences by `)),
        'all agree',
      ]);
      const words = ['--train', '--epochs', '200', '--lr', '1'];
      const lines = execFileSync(program, words, { encoding: 'utf8' }).trim().split('\n');
      const costs = lines.filter((line) => line.includes('Cost')).map((line) => Number(line.split(' = ')[1]));
      expect(costs).toHaveLength(11);
      expect(costs.at(-1)).toBeLessThan(costs[0]!);
      for (const words of [['--what'], ['--train', '5'], ['--epochs', 'x'], ['--epochs', '-3'], ['--lr', 'y'], ['--lr']])
        expect(spawnSync(program, words).status, words.join(' ')).toBe(2);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe.skipIf(!hasCompiler)('an unusual model in C', () => {
  it.each(Object.entries(unusual))('agrees with differences, without warnings: %s', (_, text) => {
    const folder = mkdtempSync(join(tmpdir(), 'gradus-model-c-'));
    try {
      for (const [name, content] of Object.entries(modelInC(exportedOf(text)))) writeFileSync(join(folder, name), content);
      const program = join(folder, 'model');
      const told = spawnSync('cc', [...FLAGS, '-DGRADUS_MAIN', join(folder, 'model.c'), '-lm', '-o', program], {
        encoding: 'utf8',
      });
      expect(told.stderr).toBe('');
      expect(spawnSync(program, ['--check'], { encoding: 'utf8' }).status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

const FREE = 'data X : [2, m], Y : [1, m]; param W : [1, 2] = 1; minimize L = sum((W*X - Y).^2)/m';

describe('a size that no data tell', () => {
  it('is given as such, and a header that says another is refused by the compiler', async () => {
    const files = await exportTo(FREE, 'c', { inputs: { m: 8 } });
    expect(files['model.h']).toContain('SIZE_m = 8, // m');
    expect(files['model.h']).toContain('gradus export MODEL --to c --set m=100 -o FOLDER');
    if (!hasCompiler) return;
    const folder = mkdtempSync(join(tmpdir(), 'gradus-model-c-'));
    const compiled = (size: number) => {
      writeFileSync(join(folder, 'model.c'), files['model.c']!);
      writeFileSync(join(folder, 'model.h'), files['model.h']!.replace('SIZE_m = 8', `SIZE_m = ${size}`));
      return spawnSync('cc', [...FLAGS, '-c', join(folder, 'model.c'), '-o', join(folder, 'model.o')], { encoding: 'utf8' })
        .stderr;
    };
    try {
      expect(compiled(8)).toBe('');
      expect(compiled(9)).toContain('the loops are made for SIZE_m = 8: export the model again');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is asked for', async () => {
    await expect(exportTo(FREE, 'c')).rejects.toMatchObject({
      code: 'data',
      message: 'C needs a number for the size m',
      hint: 'its loops are made for one size each: give data, or the size itself, --set m=100',
    });
  });
});

describe('the text of a model in C', () => {
  it('names what has none by what it is made of', async () => {
    const files = await exportTo(
      'param a = 0.5, b = 0.1; h[0] = 0; g[0] = 1; h[t=1:3] = tanh(a*h[t-1] + b*g[t-1]); g[t=1:3] = h[t-1] + g[t-1]/2; minimize L = h[3] + g[3]^2',
      'c',
    );
    expect(files['model.c']).toContain('real *const h_g = ');
    expect(files['model.c']).toContain('real *const h_g_before = ');
  });

  it('has the names and the shapes of the model', async () => {
    const files = await c.files(exampleOf('examples/xor-hidden.grad'));
    expect(Object.keys(files)).toEqual(['model.h', 'model.c']);
    expect(files['model.h']).toContain('SIZE_m = 4, // m');
    expect(files['model.h']).toContain('  real X[2 * SIZE_m]; // 2 x m');
    expect(files['model.h']).toContain('void predict(const Params *params, const Data *data, real *A2);');
    for (const formula of ['A1 = σ(Z1)', '∂Cost/∂W1 = dZ1·Xᵀ', '∂Cost/∂b2 = Σ dZ2'])
      expect(files['model.c']).toContain(`  // ${formula}\n`);
    for (const line of `${files['model.h']}${files['model.c']}`.split('\n')) {
      if (line.includes('//')) expect(line.length).toBeLessThanOrEqual(100);
    }
  });

  it('has the formulas of what has no statement of its own above the function', () => {
    const text = modelInC(exampleOf('examples/models/lstm.grad'))['model.c']!;
    const loss = text.slice(text.indexOf('real loss('), text.indexOf('real value_and_gradients('));
    const told = [...loss.matchAll(/^ {2}\/\/ {3}(\w+)\[.*$/gm)].map(([, name]) => name);
    expect(told).toEqual(['zf', 'f', 'zi', 'i', 'zo', 'o', 'zg', 'g', 'c', 'h']);
  });

  it('refuses a function that C lacks by its name', () => {
    const model = exportedOf('function f(x)\nparam x = 1.5\nminimize Cost = f(x)');
    expect(() => modelInC(model)).toThrow(expect.objectContaining({ code: 'unsupported', message: 'f cannot be printed as C' }));
  });

  it('has functions that C lacks, with no more than they need', () => {
    const text = modelInC(exportedOf('param x = 1.5, carlson = 2\nminimize Cost = Si(x)*lambertw(carlson)'))['model.c']!;
    expect(text.match(/^static \w+ (\w+)/gm)!.slice(0, 5)).toEqual(
      ['half_series', 'sine_auxiliary', 'sine_integral', 'lambert_near_edge', 'lambert_w'].map((name) =>
        expect.stringMatching(new RegExp(`^static (double|void) ${name}$`)),
      ),
    );
    expect(text).toContain('carlson_2');
  });

  it('needs a number for every size', () => {
    const model = exportedOf('data x : [n]\nparam w = 1\nminimize Cost = w*sum(x)', { given: { x: [1, 2] } });
    const without = { ...model, values: new Map([['w', 1]]) };
    expect(() => modelInC(without)).toThrow(
      expect.objectContaining({ code: 'data', message: 'C needs a number for the size n' }),
    );
  });
});
