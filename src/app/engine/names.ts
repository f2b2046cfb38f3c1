/** The engines that `train` can hand its steps to; they are loaded only when they are asked for. */
export const engineNames = ['jax'] as const;

export type EngineName = (typeof engineNames)[number];
