import type { Block } from '../../layout.ts';

/** What is used of the engine's own namespace; neither Node's types nor the language's have it. */
interface Engine {
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => Block;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: Imports) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly validate: (bytes: Uint8Array) => boolean;
}

export type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export const engine = (): Engine | undefined => (globalThis as { readonly WebAssembly?: Engine }).WebAssembly;
