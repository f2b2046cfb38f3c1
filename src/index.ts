export { Blocks, type ByNames } from './api/blocks.ts';
export { type ClaimsReport, check, type GradientCheckOptions, type Warned } from './api/check.ts';
export { type BoundDerivation, CompiledDerivation } from './api/compiled.ts';
export { type Curve, curve } from './api/curve.ts';
export { Derivation, type DeriveOptions, derive } from './api/derive.ts';
export { type DialectName, type ExportOptions, exportTo } from './api/export.ts';
export { Expression, type Provenance } from './api/expression.ts';
export {
  type Compiled,
  type CompiledQuantities,
  collect,
  compile,
  expand,
  jacobian,
  lemma,
  type OutputsOptions,
  parse,
  type SimplifyOptions,
  simplify,
  toLatex,
} from './api/functions.ts';
export type { Parallel } from './api/parallel.ts';
export { Plan } from './api/plan.ts';
export { type DirectionOptions, type HessianOptions, hessian, hvp, jvp, vjp } from './api/second-order.ts';
export type { MathNode, Source } from './api/source.ts';
export type { PublicStep } from './api/steps.ts';
export {
  type ErrorsKind,
  type Estimate,
  type Fit,
  type GivenData,
  type Progress,
  type Scalings,
  type ScheduleName,
  type Stopped,
  type TrainData,
  type Trained,
  type TrainOptions,
  type TrainResult,
  train,
} from './api/train.ts';
export { type Trainer, trainer } from './api/trainer.ts';
export type { Backend, PlannedStatement, Precision, ProgramPlan } from './compile/index.ts';
export type { Block, DerivationDocument, DocumentOptions, Section, ToldStep } from './derivation/document.ts';
export type { DerivationNumbers, Measured, Numbers, Quantity, Remark, Stepped, Update } from './derivation/numbers.ts';
export type { Lang, LanguageOptions, Words } from './derivation/words/index.ts';
export type { Dim, Shape } from './graph/dimension.ts';
export type { Graph } from './graph/graph.ts';
export type { Node } from './graph/node.ts';
export { type ErrorCode, type ErrorJson, GradusError, type Warning } from './language/diagnostics.ts';
export type { Expr, Source as SyntaxTree, Span, Statement } from './language/tree.ts';
export type { CheckOptions, Definition, Input, Model, ShapeOption } from './model/model.ts';
export type { GivenInputs, Inputs } from './numeric/binding.ts';
export type { Bound } from './numeric/bound.ts';
export type { CompileOptions, Result } from './numeric/callable.ts';
export type { JsonNumber } from './numeric/json.ts';
export {
  type InputValue,
  type JsonArray,
  type NestedArray,
  type NumberArray,
  StructuredTensor,
  Tensor,
} from './numeric/tensor.ts';
export type { NumbersOptions } from './options/tables.ts';
export type { ParallelReport, ParallelTextOptions } from './parallel/index.ts';
export type { Notation } from './reading/hoist.ts';
export type { HtmlOptions } from './render/formats/html.ts';
export type { FragmentStyle } from './render/formats/html-style.ts';
export type { TextOptions } from './render/formats/text.ts';
export type { WrittenLine } from './render/formats/working.ts';
export type { Structure } from './simplify/structure.ts';
export type { ClaimOptions, ClaimReport } from './verify/claims/index.ts';
export type {
  CheckReport,
  Discrepancy,
  EntryReport,
  Method,
  PartialReport,
  Verdict,
  VerifyOptions,
} from './verify/index.ts';
export type { StepsReport } from './verify/steps.ts';
