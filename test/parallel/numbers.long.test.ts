import { describe, test } from 'vitest';
import { allowed, forbidden } from './models.ts';
import { expectNumbers } from './numbers.ts';

/** Every verdict held against the gradients of uneven shards. */

describe('allowed', () => {
  test.each(allowed)('$name: $way', expectNumbers);
});

describe('forbidden', () => {
  test.each(forbidden)('$name', expectNumbers);
});
