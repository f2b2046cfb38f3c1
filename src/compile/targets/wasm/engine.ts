import type { Block } from '../../layout.ts';
import { Module } from './module.ts';

/** What is used of the engine's own namespace; neither Node's types nor the language's have it. */
interface Engine {
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => Block;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: Imports) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly validate: (bytes: Uint8Array) => boolean;
}

export type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export const engine = (): Engine | undefined => (globalThis as { readonly WebAssembly?: Engine }).WebAssembly;

/** What was asked, and what it answered: a policy stays the same. */
let asked: { readonly engine: Engine | undefined; readonly allowed: boolean } | undefined;

/** Whether there are vectors, and no policy that forbids modules. */
export function available(): boolean {
  const found = engine();
  if (asked?.engine !== found) asked = { engine: found, allowed: found !== undefined && compiles(found) };
  return asked!.allowed;
}

function compiles(found: Engine): boolean {
  try {
    return new found.Module(probe(false)) instanceof found.Module;
  } catch {
    return false;
  }
}

let fusing: boolean | undefined;

/** Whether a·b + c of vectors is one instruction. */
export function fuses(): boolean {
  fusing ??= engine()?.validate(probe(true)) ?? false;
  return fusing;
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
