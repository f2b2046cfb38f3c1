export type { Stopped } from './descend.ts';
export type { Estimate, Fit } from './fit.ts';
export { AUTO, type HyperparameterName, hyperparameters, optimizers } from './optimizers/index.ts';
export { DEFAULTS, type ErrorsKind, MOST_EPOCHS, type Progress, type TrainOptions } from './options.ts';
export type { Quickening } from './quickening.ts';
export type { ToldResult, TrainResult } from './result.ts';
export { type Scalings, scaledInputs } from './scaling.ts';
export { EVERY, type ScheduleName, schedules } from './schedules.ts';
export { prepare, type Stream, train } from './train.ts';
