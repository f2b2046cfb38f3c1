/** Sources that grow with n, as long definitions and as one expression: what a derivative must not blow up on. */
export interface DeepSource {
  readonly name: string;
  readonly source: (n: number) => string;
  readonly wrt: (n: number) => string[];
  readonly shapes: (n: number) => Record<string, (number | string)[]>;
}

const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k + 1);

const lines = (n: number, line: (k: number, before: string) => string, last: (name: string) => string, start = 'x'): string =>
  [...range(n).map((k) => line(k, k === 1 ? start : `s${k - 1}`)), last(`s${n}`)].join('\n');

const layerShapes = (n: number) => ({
  X: ['d', 'm'],
  ...Object.fromEntries(range(n).flatMap((k) => [[`W${k}`, ['d', 'd']] as const, [`b${k}`, ['d']] as const])),
});

const scalar = { wrt: () => ['x'], shapes: () => ({}) };
const layers = { wrt: (n: number) => range(n).flatMap((k) => [`W${k}`, `b${k}`]), shapes: layerShapes };

export const deepSources: readonly DeepSource[] = [
  {
    name: 'tanh nested, by definitions',
    source: (n) =>
      lines(
        n,
        (k, s) => `s${k} = tanh(${s})`,
        (s) => s,
      ),
    ...scalar,
  },
  { name: 'tanh nested, as one expression', source: (n) => `${'tanh('.repeat(n)}x${')'.repeat(n)}`, ...scalar },
  {
    name: 'layers, by definitions',
    source: (n) =>
      lines(
        n,
        (k, s) => `s${k} = tanh(W${k}*${s} + b${k})`,
        (s) => `sum(${s}.^2)/m`,
        'X',
      ),
    ...layers,
  },
  {
    name: 'layers, as one expression',
    source: (n) => `sum((${range(n).reduce((s, k) => `tanh(W${k}*${s} + b${k})`, 'X')}).^2)/m`,
    ...layers,
  },
  {
    name: 's = s·sin(s), by definitions',
    source: (n) =>
      lines(
        n,
        (k, s) => `s${k} = ${s}*sin(${s})`,
        (s) => s,
      ),
    ...scalar,
  },
  { name: 's = s·sin(s), as one expression', source: (n) => `f(s) = s*sin(s)\n${'f('.repeat(n)}x${')'.repeat(n)}`, ...scalar },
];
