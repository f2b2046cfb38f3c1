import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { derive } from '../../src/index.ts';

describe.each(['or-gate', 'xor-hidden', 'softmax-regression', 'autoencoder'])('%s in Markdown', (name) => {
  const text = derive(readFileSync(`examples/${name}.grad`, 'utf8')).toMarkdown({ detail: 'full' });
  const rows = text.split('\n').filter((line) => /^\| (?:\w| \|)/.test(line) && line.includes('displaystyle'));

  test('every line of a working is an equation', () => {
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter((row) => !/\$\\displaystyle [^$]*= /.test(row))).toEqual([]);
  });

  test('what it comes to as matrices is what the step finds', () => {
    const matrices = rows.filter((row) => row.startsWith('| as matrices |'));
    expect(matrices.length).toBeGreaterThan(0);
    for (const row of matrices) expect(row).toMatch(/\\displaystyle (?:\\mathrm\{d\}|\\frac\{\\partial )/);
  });
});
