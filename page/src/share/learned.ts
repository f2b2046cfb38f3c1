import { signal } from '@preact/signals';
import type { Inputs } from '../../../src/numeric/binding.ts';

/**
 * Values besides those of the source: data that were dropped, parameters that were learned. The training part sets them;
 * programs and reports are made with them.
 */
export const settledValues = signal<Inputs | undefined>(undefined);
