/** What a derivation can be written as: the words of `--format`. Each has a printer in `derive.ts`. */
export const FORMATS = ['text', 'ascii', 'latex', 'markdown', 'html', 'json'] as const;

export type Format = (typeof FORMATS)[number];
