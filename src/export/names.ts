/** The names of the dialects, and what each is; the records are in `index.ts`, which is loaded only when it is asked for. */
export const dialectWords = {
  numpy: 'Python with NumPy',
  jax: 'Python with JAX',
  torch: 'Python with PyTorch',
  c: 'C11 without libraries, for the sizes of the data at hand',
  js: 'JavaScript, one ES module without dependencies',
} as const satisfies Readonly<Record<string, string>>;

export type DialectName = keyof typeof dialectWords;

export const dialectNames = Object.keys(dialectWords) as DialectName[];
