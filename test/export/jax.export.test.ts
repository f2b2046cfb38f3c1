import { everyModel, ownPython } from './python-run.ts';

everyModel('jax', ownPython, [
  ...['besseli', 'besselj', 'besselk', 'bessely', 'elliptic_e', 'elliptic_f', 'elliptic_k', 'lambertw', 'polylog'],
]);
