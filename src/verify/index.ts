/** Derivatives against differences of the function itself. */
export { checkGradients, compareGradient, type ForeignDerivative, type VerifyOptions } from './gradients.ts';
export { judge } from './judge.ts';
export { COMPILED_TOLERANCE, TOLERANCE } from './precise.ts';
export {
  type CheckReport,
  type Discrepancy,
  type EntryReport,
  entryName,
  failures,
  type Method,
  type PartialReport,
  pointText,
} from './report.ts';
export { ROUGH_TOLERANCE } from './rough.ts';
