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
