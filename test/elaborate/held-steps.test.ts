import { expect, test } from 'vitest';
import { compile } from '../../src/index.ts';

/** Derivatives that do not go through the steps of a recurrence say so. */
test.each([
  ['h[0]=a; h[t=1:3]=a*h[t-1]; diff(h[3], h[1])', /^the entries of h count as given: /],
  ['h[0]=a; h[t=1:3]=a*h[t-1]; sum(grad(h[3], h))', /^the entries of h count as given: /],
  ['h[0]=a; h[t=1:3]=diff(a*h[t-1], a); h[3]', /the derivative by a is that of this step alone$/],
])('%s', (source, says) => {
  expect(compile(source).warnings.map(({ message }) => message)).toEqual([expect.stringMatching(says)]);
});

test.each([
  "f(s)=s^2-2; x[0]=a; x[t=1:3]=x[t-1]-f(x[t-1])/f'(x[t-1]); x[3]",
  'h[0]=a; h[t=1:3]=a*h[t-1]; diff(h[3], a)',
  'h[0]=a; h[t=1:3]=h[t-1] + diff(sin(a), a); h[3]',
])('%s says nothing', (source) => expect(compile(source).warnings).toEqual([]));
