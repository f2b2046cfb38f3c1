import { expect, it } from 'vitest';
import { modelInC } from '../../src/export/c/model.ts';
import { hasCompiler } from '../compile/cc.ts';
import { saidInC } from './c-run.ts';
import { everyModel } from './every.ts';

/** A compiler takes its time: of the corpus, a part. */
const refused = everyModel({ name: 'C', print: modelInC, run: saidInC, part: 7, least: 150, skipped: !hasCompiler });

it.skipIf(!hasCompiler)('lacks no function', () => expect(refused()).toEqual([]));
