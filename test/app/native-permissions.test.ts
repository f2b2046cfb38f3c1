import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { provideNative } from '../../src/compile/targets/native/index.ts';
import { compile } from '../../src/index.ts';
import { hasCompiler } from '../compile/natively.ts';

const LIMITED = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';

/** What the backend says in a process of its own; it ends with the number that it computed. */
const SCRIPT = `
import { hostOf } from './src/app/native/host.ts';
import { MEMORY_MODULE } from './src/compile/targets/native/modules.ts';
const told = ({ code, message, hint }) => console.log(JSON.stringify([message, hint, code]));
const host = hostOf();
const lacks = host.missing();
try {
  if (lacks) told(lacks);
  else console.log(JSON.stringify(['allocated', host.load({ text: MEMORY_MODULE, fma: true }).allocate(64).byteLength]));
} catch (error) {
  told(error);
}`;

let home: string;
let script: string;

beforeAll(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'gradus-permissions-')));
  script = join(home, 'script.mjs');
  await build({
    stdin: { contents: SCRIPT, resolveDir: process.cwd() },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: script,
    alias: { 'decimal.js': './node_modules/decimal.js/decimal.mjs' },
    logLevel: 'silent',
  });
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

const said = (...allowed: string[]): unknown => {
  const cache = join(home, 'cache');
  mkdirSync(cache, { recursive: true });
  const { stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', LIMITED, ...allowed, script], {
    env: { ...process.env, XDG_CACHE_HOME: cache, TMPDIR: home, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
};

const allow = (options: string): string => `use the backend 'auto', or allow it to node: ${options}`;

describe.skipIf(!hasCompiler)('native code where node forbids what is not allowed', () => {
  test('says what is forbidden, and what allows it', () => {
    const cache = join(home, 'cache');
    expect(said(`--allow-fs-read=${home}`)).toEqual([
      'native code needs a C compiler, and node may not look for cc in the folders of PATH',
      allow('--allow-fs-read'),
      null,
    ]);
    expect(said('--allow-fs-read=*', '--allow-child-process')).toEqual([
      `native code cannot be made here: node may not write to ${cache}/gradus/native`,
      allow(`--allow-fs-read=${cache} --allow-fs-write=${cache}`),
      'unsupported',
    ]);
    expect(said('--allow-fs-read=*', `--allow-fs-write=${cache}`)).toEqual([
      'native code cannot be made here: node may not run a C compiler',
      allow('--allow-child-process'),
      'unsupported',
    ]);
    const compiling = ['--allow-fs-read=*', `--allow-fs-write=${cache}`, '--allow-child-process'];
    expect(said(...compiling)).toEqual([
      expect.stringContaining('native code cannot be loaded here'),
      allow('--allow-addons'),
      'unsupported',
    ]);
    expect(said(...compiling, '--allow-addons')).toEqual(['allocated', 64]);
    // The folder is there by now, and is not written to any more.
    expect(said('--allow-fs-read=*', '--allow-child-process', '--allow-addons')).toEqual(['allocated', 64]);
  });

  test('says so where its own part cannot be found', () => {
    provideNative(undefined);
    const before = Object.getOwnPropertyDescriptor(process, 'permission');
    Object.defineProperty(process, 'permission', { value: { has: () => false }, configurable: true });
    expect(() => compile('x^2', { backend: 'native' })({ x: 3 })).toThrow(
      'native code cannot be made here: node may not read the part of gradus that makes it',
    );
    if (before) Object.defineProperty(process, 'permission', before);
    else Reflect.deleteProperty(process, 'permission');
  });
});
