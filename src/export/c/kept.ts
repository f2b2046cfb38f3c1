import { keptOf } from '../kept.ts';
import type { Field } from './main.ts';

/** What makes the ways symmetric along which differences are taken. */
export function symmetricInC(params: readonly Field[]): string {
  const names = new Set(keptOf(params.map(({ input }) => input)).flatMap((kept) => (kept.symmetric ? kept.name : [])));
  const places = params.flatMap(({ input }, p) => (names.has(input.name) ? p : []));
  return `// Of a parameter that is declared symmetric an entry moves with that across the diagonal.
static void symmetrise(int p, double *entries) {
  if (${places.map((p) => `p != ${p}`).join(' && ')}) return;
  const int n = PARAMETERS[p].lengths[0];
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < i; j++) entries[i * n + j] = entries[j * n + i] = (entries[i * n + j] + entries[j * n + i]) / 2;
  }
}

`;
}

const bound = (x: number): string => (Number.isFinite(x) ? String(x) : x < 0 ? '-INFINITY' : 'INFINITY');

/** What brings a parameter back to what is declared of it, after a step. */
export function keptInC(params: readonly Field[]): string {
  const kept = new Map(keptOf(params.map(({ input }) => input)).map((one) => [one.name, one]));
  const rows = params.flatMap(({ input }, p) => {
    const one = kept.get(input.name);
    return one ? [`  {${p}, ${Number(one.symmetric)}, ${Number(one.open)}, ${bound(one.least)}, ${bound(one.most)}},`] : [];
  });
  return `// What is declared of parameters: their bounds; one that is open is never reached.
static const struct {
  int parameter;
  int symmetric;
  int open;
  double least;
  double most;
} KEPT[] = {
${rows.join('\n')}
};

// A parameter as near to where a step led from what it was before as what is declared of it allows.
static void keep(int p, real *entries, const real *before) {
  for (size_t k = 0; k < sizeof KEPT / sizeof KEPT[0]; k++) {
    if (KEPT[k].parameter != p) continue;
    const int n = KEPT[k].symmetric ? PARAMETERS[p].lengths[0] : 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) entries[i * n + j] = entries[j * n + i] = (entries[i * n + j] + entries[j * n + i]) / 2;
    }
    for (int i = 0; i < PARAMETERS[p].count; i++) {
      const double least = KEPT[k].open ? (before[i] + KEPT[k].least) / 2 : KEPT[k].least;
      // What is no number stays none.
      if (entries[i] < least) entries[i] = (real)least;
      if (entries[i] > KEPT[k].most) entries[i] = (real)KEPT[k].most;
    }
  }
}

`;
}
