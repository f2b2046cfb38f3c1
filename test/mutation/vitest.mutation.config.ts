import { relative } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';
import { BaseSequencer, type Reporter, type TestCase, type TestModule, type TestSpecification } from 'vitest/node';
import { LONG_TESTS, UI_TESTS } from '../../vitest.config.ts';
import { type Answer, MARK, orders } from './orders.ts';

/** How the tests run on a changed source: as ever, but each file from what the orders say, and answering line by line. */

const { root, sources, tests, workers } = orders();
const placed = (path: string): string => relative(root, path);

const changed: Plugin = {
  name: 'changed-sources',
  enforce: 'pre',
  load(id) {
    const file = placed(id);
    return Object.hasOwn(sources, file) ? sources[file] : null;
  },
};

const answer = (a: Answer): void => void process.stdout.write(`${MARK}${JSON.stringify(a)}\n`);

const reachedOf = ({ reached = [] }: { reached?: readonly number[] }): readonly number[] => reached;

const reporter: Reporter = {
  onTestCaseResult(test: TestCase) {
    const { state } = test.result();
    if (state === 'skipped') return;
    const ms = test.diagnostic()?.duration ?? 0;
    const file = placed(test.module.moduleId);
    answer({ kind: 'test', file, name: test.fullName, passed: state === 'passed', ms, reached: reachedOf(test.meta()) });
  },
  onTestModuleEnd(module: TestModule) {
    const broken = module.errors()[0]?.message;
    answer({ kind: 'file', file: placed(module.moduleId), broken, reached: reachedOf(module.meta()) });
  },
  onTestRunEnd(_modules, errors, reason) {
    answer({ kind: 'end', failed: reason !== 'passed' || errors.length > 0 });
  },
};

/** The files in the order of the orders. */
class Ordered extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    if (!tests) return super.sort(files);
    const place = new Map(tests.map(([file], k) => [file, k]));
    return files.sort((a, b) => (place.get(placed(a.moduleId)) ?? 0) - (place.get(placed(b.moduleId)) ?? 0));
  }
}

export default defineConfig({
  root,
  plugins: [changed],
  test: {
    include: tests?.map(([file]) => file) ?? ['test/**/*.test.ts'],
    exclude: [...UI_TESTS, ...LONG_TESTS, 'test/mutation/**'],
    setupFiles: ['test/mutation/setup.ts'],
    env: { ORDERS: process.env.ORDERS! },
    reporters: [reporter],
    sequence: { sequencer: Ordered },
    maxWorkers: workers,
    fileParallelism: workers > 1,
    isolate: false,
    testTimeout: 60_000,
    // What differs from a snapshot fails, and is not written.
    update: 'none',
  },
});
