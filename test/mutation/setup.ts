import { relative } from 'node:path';
import { afterAll, afterEach, beforeEach } from 'vitest';
import { orders } from './orders.ts';

/** In each file of tests: only those run that the orders name, and each says which probes it reached. */

declare global {
  var $reached: ((id: number) => void) | undefined;
}
declare module 'vitest' {
  interface TaskMeta {
    reached?: readonly number[];
  }
}

const { root, tests } = orders();
const chosen = tests && new Map(tests.map(([file, names]) => [file, new Set(names)]));

/** What is reached while a file is loaded, or before its tests, is the file's. */
const outside = new Set<number>();
let now = outside;
globalThis.$reached = (id) => {
  now.add(id);
};

let file: { meta: { reached?: readonly number[] } } | undefined;

beforeEach((context) => {
  const { task } = context;
  file = task.file;
  if (chosen && !chosen.get(relative(root, task.file.filepath))?.has(task.fullTestName)) context.skip();
  now = new Set();
});
afterEach(({ task }) => {
  task.meta.reached = [...now];
  now = outside;
});
afterAll(() => {
  if (file) file.meta.reached = [...outside];
});
