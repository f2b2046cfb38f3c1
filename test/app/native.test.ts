import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Cache, cacheFolder } from '../../src/app/native/cache.ts';
import { hostOf } from '../../src/app/native/host.ts';
import { provideNative } from '../../src/compile/targets/native/index.ts';
import { toolchainOf, type Unit } from '../../src/compile/targets/native/linker.ts';
import { compile, type GradusError } from '../../src/index.ts';
import { hasCompiler } from '../compile/natively.ts';
import { gradus } from './harness.ts';

let home: string;
/** What the tests change: in the environment itself, which the folder for what is temporary is read from. */
const CHANGED = ['PATH', 'TMPDIR', 'XDG_CACHE_HOME'] as const;
let before: readonly (readonly [string, string | undefined])[];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'gradus-native-'));
  before = CHANGED.map((name) => [name, process.env[name]]);
  process.env.XDG_CACHE_HOME = home;
  provideNative(toolchainOf(hostOf()));
});

afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  rmSync(home, { recursive: true, force: true });
  provideNative(undefined);
});

const folder = (): string => join(home, 'gradus', 'native');
const modules = (): string[] => readdirSync(folder()).filter((name) => name.endsWith('.node'));
const mode = (file: string): number => statSync(file).mode & 0o777;

/** A module that nobody else has. */
const unit = (value: number, fma = true): Unit => ({
  fma,
  text: `typedef struct napi_env__ *napi_env; typedef struct napi_value__ *napi_value;
extern int napi_create_double(napi_env, double, napi_value *);
__attribute__((visibility("default"))) int node_api_module_get_api_version_v1(void) { return 8; }
__attribute__((visibility("default"))) napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  napi_value made;
  napi_create_double(env, ${value}, &made);
  return made;
}`,
});

const thrown = (work: () => unknown): GradusError => {
  try {
    work();
  } catch (error) {
    return error as GradusError;
  }
  throw new Error('nothing was thrown');
};

describe.skipIf(!hasCompiler)('native modules', () => {
  test('are kept in a folder that is the user’s alone, whole or not at all', () => {
    const host = hostOf();
    expect(host.load(unit(1.5))).toBe(1.5);
    expect(cacheFolder()).toBe(folder());
    expect(mode(folder())).toBe(0o700);
    expect(modules()).toHaveLength(1);
    expect(readdirSync(folder()).some((name) => name.endsWith('.tmp'))).toBe(false);
    // Another host finds it there.
    expect(hostOf().load(unit(1.5))).toBe(1.5);
    expect(modules()).toHaveLength(1);
    // With other options it is another one.
    expect(host.load(unit(1.5, false))).toBe(1.5);
    expect(modules()).toHaveLength(2);
  });

  test('are not taken from a folder that others can write to', () => {
    mkdirSync(folder(), { recursive: true });
    chmodSync(folder(), 0o777);
    const { code, message, hint } = thrown(() => hostOf().load(unit(2)));
    expect(code).toBe('unsupported');
    expect(message).toBe(`${folder()} is open to others, and native code from it would be run`);
    chmodSync(folder(), 0o700);
    expect(hint).toContain(`chmod 700 ${folder()}`);
    expect(hostOf().load(unit(2))).toBe(2);
  });

  test.skipIf(process.getuid?.() !== 0)('are not taken from a folder of somebody else', () => {
    mkdirSync(folder(), { recursive: true, mode: 0o700 });
    chownSync(folder(), 1, 1);
    expect(thrown(() => hostOf().load(unit(3))).message).toContain('is open to others');
  });

  test('that are damaged are compiled again', () => {
    hostOf().load(unit(4));
    const [name] = modules();
    // Not into the file itself: this process has it loaded.
    rmSync(join(folder(), name!));
    writeFileSync(join(folder(), name!), 'no module');
    expect(hostOf().load(unit(4))).toBe(4);
    expect(statSync(join(folder(), name!)).size).toBeGreaterThan(1000);
  });

  test('go when there are too many, those first that were used longest ago', () => {
    const roomy = new Cache(folder());
    const keep = (cache: Cache, key: string, age: number): void => {
      const draft = cache.draft();
      writeFileSync(draft, new Uint8Array(1000));
      const file = cache.put(key, draft);
      const then = new Date(Date.now() - 1000 * age);
      utimesSync(file, then, then);
    };
    keep(roomy, 'old', 300);
    keep(roomy, 'older', 400);
    keep(roomy, 'new', 100);
    expect(roomy.find('older')).toBeDefined();
    keep(new Cache(folder(), 3500), 'newest', 0);
    expect(modules().sort()).toEqual(['new.node', 'newest.node', 'older.node']);
  });

  test('are compiled in another process where nobody waits', async () => {
    const host = hostOf();
    const compiling = host.compile(unit(5));
    expect(compiling).toBeInstanceOf(Promise);
    expect(host.compile(unit(5))).toBe(compiling);
    await compiling;
    expect(host.compile(unit(5))).toBeUndefined();
    expect(host.load(unit(5))).toBe(5);
    await expect(host.compile({ text: 'no C', fma: true })).rejects.toThrow(/^.*cc cannot compile here: .*error/);
  });

  test('run by the command line', async () => {
    const source = 'data x = [1, 2, 3], y = [2, 4, 7]\nparam a = 1\nminimize C = mean((a*x - y).^2)';
    const [native, plain] = [
      await gradus(['train', source, '--epochs', '20', '--backend', 'native', '--json', '--quiet']),
      await gradus(['train', source, '--epochs', '20', '--json', '--quiet']),
    ].map(({ out }) => JSON.parse(out));
    expect(modules().length).toBeGreaterThan(0);
    expect(native.cost).toBeCloseTo(plain.cost, 12);
  });
});

describe('where there is no compiler', () => {
  test('native code is refused with what installs one', () => {
    process.env.PATH = home;
    const { code, message, hint } = thrown(() => compile('x^2', { backend: 'native' })({ x: 3 }));
    expect([code, message]).toEqual(['unsupported', 'native code needs a C compiler, and there is no cc']);
    if (process.platform === 'linux') expect(hint).toBe('apt-get install gcc libc6-dev');
    expect(compile('x^2')({ x: 3 })).toBe(9);
  });

  test('one that lacks its headers is quoted', () => {
    writeFileSync(join(home, 'cc'), '#!/bin/sh\necho "stdlib.h: fatal error: No such file" >&2\nexit 1\n', { mode: 0o755 });
    process.env.PATH = home;
    const { code, message } = thrown(() => compile('x^2', { backend: 'native' })({ x: 3 }));
    expect([code, message]).toEqual(['unsupported', `${home}/cc cannot compile here: stdlib.h: fatal error: No such file`]);
    expect(existsSync(folder()) && readdirSync(folder())).toEqual([]);
  });
});

describe('where no folder can be written', () => {
  test('native code says which ones, and what helps', () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    process.env.XDG_CACHE_HOME = process.env.TMPDIR = file;
    const { code, message, hint } = thrown(() => hostOf().load(unit(6)));
    expect(code).toBe('unsupported');
    if (!hasCompiler) return;
    expect(message).toBe(`native code is kept in a folder, and neither ${file}/gradus/native nor one in ${file} can be made`);
    expect(hint).toBe('name one that can be written: XDG_CACHE_HOME=…');
    expect(() => hostOf().compile(unit(6))).toThrow('is kept in a folder');
  });
});
