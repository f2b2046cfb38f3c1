import type { Block } from '../../layout.ts';
import { Module } from './module.ts';

/** What is used of the engine's own namespace; neither Node's types nor the language's have it. */
interface Engine {
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number; readonly shared: boolean }) => Block;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: Imports) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly validate: (bytes: Uint8Array) => boolean;
}

export type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export const engine = (): Engine | undefined => (globalThis as { readonly WebAssembly?: Engine }).WebAssembly;

/** What was asked, and what it answered: an engine and its policy stay the same. */
let asked: { readonly engine: Engine | undefined; readonly allowed: boolean; readonly fuses: boolean } | undefined;

function answered(): { readonly allowed: boolean; readonly fuses: boolean } {
  const found = engine();
  if (asked?.engine !== found || !asked) {
    const allowed = found !== undefined && compiles(found);
    asked = { engine: found, allowed, fuses: allowed && found.validate(probe(true)) };
  }
  return asked;
}

/** Whether there are vectors, and no policy that forbids modules. */
export const available = (): boolean => answered().allowed;

/** Whether a·b + c of vectors is one instruction. */
export const fuses = (): boolean => answered().fuses;

function compiles(found: Engine): boolean {
  try {
    return new found.Module(probe(false)) instanceof found.Module;
  } catch {
    return false;
  }
}

/** The smallest module that says it. */
function probe(fused: boolean): Uint8Array {
  const module = new Module();
  const code = module.function('probe', []);
  code.f64x2(0);
  if (fused) code.f64x2(0).f64x2(0).op('f64x2.relaxed_madd');
  code.op('drop');
  return module.bytes(1);
}
