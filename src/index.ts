export { Expression } from './api/expression.ts';
export { CompiledDerivation, Derivation, derive, type DeriveOptions, type PublicStep } from './api/derive.ts';
export { compile, hessian, jacobian, simplify, toLatex } from './api/functions.ts';
export { GradusError } from './language/diagnostics.ts';
export { parse } from './language/parser.ts';
export { Tensor } from './numeric/tensor.ts';
