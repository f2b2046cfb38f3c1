/** The engines that `train` can hand its steps to, and what each is; they are loaded only when they are asked for. */
export const engineWords = { jax: 'Python with JAX' } as const satisfies Readonly<Record<string, string>>;

export type EngineName = keyof typeof engineWords;

export const engineNames = Object.keys(engineWords) as EngineName[];
