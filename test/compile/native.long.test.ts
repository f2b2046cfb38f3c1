import { describe, it } from 'vitest';
import { NATIVE } from '../../src/compile/machine.ts';
import { expectAgreement, hasCompiler, manyRoots, natively } from './natively.ts';

/** Random graphs, many to a program: a compiler takes longer for each. */
const GROUPS = Array.from({ length: 30 }, (_, group) => group);
const EACH = 8;

describe.skipIf(!hasCompiler)('native code', () => {
  it.each(GROUPS)('gives what the interpreter gives of random graphs: group %i', (group) => {
    const { spec, inputs } = manyRoots(Array.from({ length: EACH }, (_, k) => 1000 + EACH * group + k));
    expectAgreement(spec, inputs, natively(spec, { ...NATIVE, product: group % 2 === 0 ? 2 : Number.POSITIVE_INFINITY }));
  });
});
