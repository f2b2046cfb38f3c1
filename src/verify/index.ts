/** Derivatives against differences of the function itself. */
export { checkGradients, type VerifyOptions } from './gradients.ts';
export { isExact, Judge, type JudgeOptions, type Verdict } from './judge/index.ts';
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
