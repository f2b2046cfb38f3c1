/** The names of the targets that run here, and what each is; the records are in `index.ts`, which few need. The best first. */
export const backendWords = {
  wasm: 'code for WebAssembly',
  js: 'generated JavaScript',
  closure: 'closures for pages that forbid that',
  native: "machine code by this machine's C compiler",
} as const satisfies Readonly<Record<string, string>>;

type BackendName = keyof typeof backendWords;

/** How a program runs. `auto` picks. */
export type Backend = 'auto' | BackendName;

/** The words for a backend. */
export const backends: readonly Backend[] = ['auto', ...(Object.keys(backendWords) as BackendName[])];
