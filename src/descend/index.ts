export type { Stopped } from './descend.ts';
export { type HyperparameterName, hyperparameters, optimizers } from './optimizers/index.ts';
export { DEFAULTS, MOST_EPOCHS, type Progress, type TrainOptions } from './options.ts';
export { prepare, type TrainResult, train } from './train.ts';
