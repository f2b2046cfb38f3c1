import { expect } from 'vitest';
import { type GradientMatchers, matchers } from './matchers.ts';

/** The matchers for vitest: importing this module adds them. */

declare module 'vitest' {
  interface Matchers<T> extends GradientMatchers {}
}

expect.extend(matchers);
