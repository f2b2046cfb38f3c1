import type { Needs } from '../../compile/targets/target.ts';

/** What a process is started with that has only what it is allowed (`--permission`), for each thing that Node refuses. */
const REFUSED: Readonly<Record<string, (of: string) => Needs>> = {
  FileSystemRead: (file) => ({
    message: `native code cannot be made here: node may not read ${file}`,
    hint: allowing(`--allow-fs-read=${file}`),
  }),
  FileSystemWrite: (file) => ({
    message: `native code cannot be made here: node may not write to ${file}`,
    hint: allowing(`--allow-fs-write=${file}`),
  }),
  ChildProcess: () => ({
    message: 'native code cannot be made here: node may not run a C compiler',
    hint: allowing('--allow-child-process'),
  }),
};

export const allowing = (options: string): string => `use the backend 'auto', or allow it to node: ${options}`;

export const isRefused = (error: unknown): boolean => codeOf(error) === 'ERR_ACCESS_DENIED';

/** What Node refused, and the option that allows it; undefined if it was something else. */
export function refusedByNode(error: unknown): Needs | undefined {
  if (!isRefused(error)) return undefined;
  const { permission = '', resource = '' } = error as { permission?: string; resource?: string };
  return REFUSED[permission]?.(resource);
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
