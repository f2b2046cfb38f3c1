import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Exported } from '../../src/export/dialect.ts';
import { modelInJavaScript } from '../../src/export/js/model.ts';
import type { Said } from './c-run.ts';

/** Imports the modules in a process of their own and asks each for its value and gradients. */
export function saidInJavaScript(models: readonly Exported[]): Said[] {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-export-js-'));
  try {
    models.forEach((model, k) => {
      writeFileSync(join(folder, `model_${k}.mjs`), modelInJavaScript(model));
    });
    const asking = `for (let k = 0; k < ${models.length}; k++) {
  const m = await import(\`./model_\${k}.mjs\`);
  let said;
  try {
    const [params, data] = [m.initialParameters(), m.exampleData()];
    const { value, gradients } = m.valueAndGradients(params, data);
    if (m.predict) m.predict(params, data);
    said = { loss: m.loss(params, data), value, gradients: Object.values(gradients).flat(Infinity) };
  } catch (error) {
    said = { loss: String(error.stack), value: NaN, gradients: [] };
  }
  console.log(JSON.stringify(said, (_, x) => (typeof x === 'number' && !Number.isFinite(x) ? { number: String(x) } : x)));
}`;
    const main = join(folder, 'main.mjs');
    writeFileSync(main, asking);
    const lines = execFileSync(process.execPath, [main], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n');
    const read = (_: string, x: unknown) => (x !== null && typeof x === 'object' && 'number' in x ? Number(x.number) : x);
    return models.map((_, k) => {
      const said = JSON.parse(lines[k]!, read) as Said;
      if (typeof said.loss === 'string') throw new Error(said.loss);
      return said;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
