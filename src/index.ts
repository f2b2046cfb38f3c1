export { type ClaimsReport, check, type GradientCheckOptions } from './api/check.ts';
export { CompiledDerivation, Derivation, type DeriveOptions, derive, type PublicStep } from './api/derive.ts';
export { Expression } from './api/expression.ts';
export {
  type Compiled,
  collect,
  compile,
  expand,
  jacobian,
  lemma,
  type SimplifyOptions,
  simplify,
  toLatex,
} from './api/functions.ts';
export { type DirectionOptions, hessian, hvp, jvp, vjp } from './api/second-order.ts';
export { type Progress, type Stopped, type TrainOptions, type TrainResult, train } from './api/train.ts';
export type { Structure } from './calculus/structure.ts';
export { type ErrorCode, GradusError, type Warning } from './language/diagnostics.ts';
export { parse } from './language/parser.ts';
export type { Inputs } from './numeric/binding.ts';
export type { CompileOptions, Result } from './numeric/callable.ts';
export { StructuredTensor, Tensor } from './numeric/tensor.ts';
export type { CheckReport } from './verify/index.ts';
