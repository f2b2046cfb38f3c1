export { Blocks, type ByNames } from './api/blocks.ts';
export { type ClaimsReport, check, type GradientCheckOptions } from './api/check.ts';
export { CompiledDerivation } from './api/compiled.ts';
export { Derivation, type DeriveOptions, derive } from './api/derive.ts';
export { Expression } from './api/expression.ts';
export {
  type Compiled,
  collect,
  compile,
  expand,
  jacobian,
  lemma,
  parse,
  type SimplifyOptions,
  simplify,
  toLatex,
} from './api/functions.ts';
export { type DirectionOptions, type HessianOptions, hessian, hvp, jvp, vjp } from './api/second-order.ts';
export type { MathNode, Source } from './api/source.ts';
export type { PublicStep } from './api/steps.ts';
export { type Progress, type Stopped, type TrainOptions, type TrainResult, train } from './api/train.ts';
export type { Structure } from './calculus/structure.ts';
export { type ErrorCode, GradusError, type Warning } from './language/diagnostics.ts';
export type { GivenInputs, Inputs } from './numeric/binding.ts';
export type { CompileOptions, Result } from './numeric/callable.ts';
export { StructuredTensor, Tensor } from './numeric/tensor.ts';
export type { CheckReport } from './verify/index.ts';
