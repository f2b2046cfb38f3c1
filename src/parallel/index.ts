export type { Amount } from './amount.ts';
export { warnedOfBatches } from './batches.ts';
export { type ParallelOptions, type ParallelReport, parallelReport, type Sending } from './report.ts';
export { type ParallelTextOptions, parallelText } from './text.ts';
export type { Place, Refusal, Said, ToldVerdict } from './told.ts';
export type { Way } from './verdict.ts';
