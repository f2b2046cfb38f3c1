import { antiderivatives } from './antiderivatives.ts';
import { matrices } from './matrices.ts';
import type { Question } from './measure.ts';
import { scalars } from './scalars.ts';

/** Every derivative whose length is measured, by kind. */
export const questions: Readonly<Record<string, readonly Question[]>> = {
  'of scalars': scalars.map(([source, wrt, reference]) => ({ source, wrt, reference, shapes: {} })),
  'of antiderivatives': antiderivatives.map(([source, wrt, reference]) => ({ source, wrt, reference, shapes: {} })),
  'of matrices': matrices.map(([source, wrt, reference, shapes]) => ({
    source,
    wrt,
    reference,
    shapes: Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, [...shape]])),
  })),
};
