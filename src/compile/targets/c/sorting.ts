import type { Written } from './routines.ts';

/** Sorting is by places: a merge sort, so that ties keep their order, with numbers before what is none. */
const IN_ORDER = `static int precedes(double a, double b) {
  return a < b || (b != b && a == a);
}

// The places of the entries in ascending order, to be freed.
static int *in_order(const real *x, int size) {
  int *places = malloc((size_t)(size > 0 ? size : 1) * sizeof(int));
  int *spare = malloc((size_t)(size > 0 ? size : 1) * sizeof(int));
  if (!places || !spare) abort();
  for (int k = 0; k < size; k++) places[k] = k;
  for (int width = 1; width < size; width *= 2) {
    for (int low = 0; low < size; low += 2 * width) {
      const int middle = low + width < size ? low + width : size;
      const int high = middle + width < size ? middle + width : size;
      int a = low, b = middle;
      for (int k = low; k < high; k++)
        spare[k] = a < middle && (b == high || !precedes(x[places[b]], x[places[a]])) ? places[a++] : places[b++];
    }
    int *const held = places;
    places = spare;
    spare = held;
  }
  free(spare);
  return places;
}`;

const HELPER = { name: 'in_order', text: IN_ORDER, header: 'stdlib.h' };

const sizes: Written['numbers'] = ({ shapes }) => [shapes[0]!.reduce((n, d) => n * d, 1)];

/** A function of each cell `x`, its places in order, and what is moved as they are. */
const sorting = (name: string, moved: '' | 'v', body: string, step = 'size'): Written => ({
  name,
  text: `static void ${name}(const real *x,${moved ? ' const real *v,' : ''} real *out, int count, int size) {
  for (int c = 0; c < count; c++, x += size,${moved ? ' v += size,' : ''} out += ${step}) {
    int *const places = in_order(x, size);
${body}
    free(places);
  }
}`,
  numbers: sizes,
  helper: HELPER,
});

const sorted = sorting('sorted', '', '    for (int k = 0; k < size; k++) out[k] = x[places[k]];');

export const SORTING: Readonly<Record<string, Written>> = {
  sort: sorted,
  'running-sort': sorted,
  permutation: sorting(
    'permutation',
    '',
    '    for (int k = 0; k < size * size; k++) out[k] = 0;\n    for (int k = 0; k < size; k++) out[k * size + places[k]] = 1;',
    'size * size',
  ),
  carried: sorting('carried', 'v', '    for (int k = 0; k < size; k++) out[k] = v[places[k]];'),
  'carried-back': sorting('carried_back', 'v', '    for (int k = 0; k < size; k++) out[places[k]] = v[k];'),
};
