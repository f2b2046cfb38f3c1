import { provideNative } from '../../compile/targets/native/index.ts';
import type { Quickening } from '../../descend/index.ts';
import { compiler, isMissing, LACKING } from './compiler.ts';

/** Operations of a run that takes more than a few seconds otherwise. */
const MANY = 1e10;

/** Operations that take about as long as a small program takes to compile. */
const MEANWHILE = 3e8;

/** What compiles is loaded where it is used: most runs are short. */
export async function provideCompiler(): Promise<void> {
  const [{ toolchainOf }, { hostOf }] = await Promise.all([
    import('../../compile/targets/native/linker.ts'),
    import('./host.ts'),
  ]);
  provideNative(toolchainOf(hostOf()));
}

/** Native code for long runs, where there is a compiler; one line says from where on, or what is missing. */
export const quickening = (note: (text: string) => void): Quickening => ({
  meanwhile: MEANWHILE,
  wanted(operations) {
    if (operations < MANY) return false;
    const found = compiler();
    if (!isMissing(found)) return true;
    if (found === LACKING) note(`${found.message}: it would be quicker with ${found.hint}`);
    else note(`runs without native code: ${found.message}`);
    return false;
  },
  provide: provideCompiler,
  begun: (epochs) => note(epochs === 0 ? 'runs as native code' : `runs as native code after epoch ${epochs}`),
  failed: ({ message }) => note(`runs without native code: ${message}`),
});
