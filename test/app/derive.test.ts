import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { derive } from '../../src/api/derive.ts';
import { FORMATS } from '../../src/app/formats.ts';
import { gradus } from './harness.ts';

const SOURCE = 'sum((X*w-y).^2)';
const SHAPES = ['--shape', 'X=n,d', '--shape', 'w=d', '--shape', 'y=n'];

describe('gradus derive', () => {
  const derivation = derive(SOURCE, 'w', { shapes: { X: ['n', 'd'], w: ['d'], y: ['n'] } });
  const argv = ['derive', SOURCE, '--wrt', 'w', ...SHAPES];

  test.each([
    ['latex', `${derivation.toLatex()}\n`],
    ['json', `${JSON.stringify(derivation.toJSON(), null, 2)}\n`],
  ])('--format %s prints what the API gives', async (format, expected) => {
    expect((await gradus([...argv, '--format', format])).out).toBe(expected);
  });

  test.each(FORMATS)('--format %s says something', async (format) => {
    const { out, status } = await gradus([...argv, '--format', format]);
    expect(status).toBe(0);
    expect(out).toMatch(/\S/);
  });

  test('text is the default, brief its detail, and its foot says that it holds', async () => {
    const foot = /^\n\n✓ every step identical \(exact\) {5}✓ gradient against differences: \S+\n$/;
    for (const detail of ['brief', 'full'] as const) {
      const { out } = await gradus(detail === 'brief' ? argv : [...argv, '--detail', detail]);
      const text = derivation.toText({ detail });
      expect(out.slice(0, text.length)).toBe(text);
      expect(out.slice(text.length)).toMatch(foot);
    }
  });

  test('ASCII has no other signs', async () => {
    const { out } = await gradus([...argv, '--format', 'ascii']);
    expect(out.startsWith(derivation.toText({ ascii: true }))).toBe(true);
    expect(out).toMatch(/^[\n -~]*$/);
  });

  test('--plan tells what the program does for the sizes at hand', async () => {
    const sized = ['derive', SOURCE, '--wrt', 'w', '--shape', 'X=2000,50', '--shape', 'w=50', '--shape', 'y=2000', '--plan'];
    const { out, status } = await gradus(sized);
    expect(status).toBe(0);
    expect(out).toMatch(/^\w+, f64: \d+ kflop a run, \d+ kB of memory\n\n/);
    expect(out).toMatch(/^∂f\/∂w \[.*\] from .*X.* +\d+ kflop +\d+ kB$/m);
    expect(JSON.parse((await gradus([...sized, '--json'])).out)).toMatchObject({ precision: 'f64' });
    expect((await gradus([...sized, '--lang', 'zh'])).out).toMatch(/每次运行/);
    expect((await gradus([...argv, '--plan'])).err).toMatch(/n/);
  });

  test('--wrt takes a named intermediate', async () => {
    const { out } = await gradus(['derive', 'u = x^2; sin(u)*x', '--wrt', 'u']);
    expect(out).toContain('u = x²');
    expect(out).toMatch(/✓ every step identical \(exact\) {5}✓/);
    const html = await gradus(['derive', 'u = x^2; sin(u)*x', '--wrt', 'u', '--format', 'html']);
    expect([html.status, html.err]).toEqual([0, '']);
    const checked = await gradus(['check', 'u = x^2; sin(u)*x', '--wrt', 'u']);
    expect(checked.out).toContain('✓ ∂f/∂u');
  });

  test('--wrt takes several names', async () => {
    const { out } = await gradus(['derive', SOURCE, '--wrt', 'w, y', '--format', 'json', ...SHAPES]);
    expect(Object.keys(JSON.parse(out).partials)).toEqual(['w', 'y']);
  });

  test('-o writes to a file and prints nothing', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'gradus-')), 'out.txt');
    expect(await gradus(['derive', 'x^2', '-o', file])).toEqual({ status: 0, out: '', err: '' });
    expect(readFileSync(file, 'utf8')).toBe((await gradus(['derive', 'x^2'])).out);
  });

  test('a file that cannot be written is wrong usage', async () => {
    const { status, err } = await gradus(['derive', 'x^2', '-o', '/no/such/folder/out.txt']);
    expect(status).toBe(2);
    expect(err).toContain('cannot write /no/such/folder/out.txt');
  });

  test('a name near the one asked for is proposed', async () => {
    const model = await gradus(['derive', 'param alpha; minimize alpha^2', '--wrt', 'alpa']);
    expect(model).toEqual({
      status: 2,
      out: '',
      err: 'usage error: there is no alpa to derive by\n  hint: did you mean alpha?\nsee gradus derive --help\n',
    });
    const note = 'alpa does not occur in f, so the derivative by it is 0; did you mean alpha?';
    const { status, out, err } = await gradus(['derive', 'alpha^2', '--wrt', 'alpa']);
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain(`∂f/∂alpa = 0\n\n${note}\n`);
    expect(JSON.parse((await gradus(['derive', 'alpha^2', '--wrt', 'alpa', '--format', 'json'])).out).notes).toEqual([note]);
    expect((await gradus(['derive', 'alpha^2', '--wrt', 'alpa', '--format', 'html'])).out).toContain(note);
    expect((await gradus(['derive', 'alpha^2', '--wrt', 'alpa', '--format', 'latex'])).err).toBe(`${note}\n`);
  });

  describe('values from outside', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
    const data = join(folder, 'values.json');
    writeFileSync(data, JSON.stringify({ x: [1, 2], y: [3, 4] }));

    test('--set gives numbers and their shapes', async () => {
      const { out, err } = await gradus(['derive', 'sum(x.^2)*y', '--wrt', 'x', '--set', 'x=[1,2]', '--set', 'y=3', '--numbers']);
      expect(err).toBe('');
      expect(out).toContain('f = y·Σ x∘² = 15');
      expect(out).toContain('∂f/∂x = 2y·x = [6  12]ᵀ');
    });

    test('--data gives numbers, --set has the last word', async () => {
      const argv = ['derive', "x'*y", '--wrt', 'x', '--data', data, '--numbers'];
      expect((await gradus(argv)).out).toContain('∂f/∂x = y = [3  4]ᵀ');
      expect((await gradus([...argv, '--set', 'y=[5,6]'])).out).toContain('∂f/∂x = y = [5  6]ᵀ');
    });

    test('the check is at those values', async () => {
      // Anywhere else the square root has no value.
      const { out } = await gradus(['derive', 'sqrt(-(x-3)^2/4 + a)', '--wrt', 'x', '--set', 'x=3.5', '--set', 'a=1']);
      expect(out).toMatch(/✓ gradient against differences/);
    });

    test('a name that the source defines takes a value where it is derived by, and nowhere else', async () => {
      const given = ['derive', 'examples/or-gate.grad', '--numbers', '--set', 'Z=[[0,1,2,3]]'];
      const { out } = await gradus([...given, '--wrt', 'Z']);
      expect(out).toMatch(/Z +0 +1 +2 +3\n/);
      const { err, status } = await gradus(given);
      expect(status).not.toBe(0);
      expect(err).toContain('Z is not an input of this source, which defines it');
      expect(err).toContain('derive by it alone to give it a value');
    });

    test.each([
      ['log(x)', '-1'],
      ['1/x', '0'],
      ['exp(x)', '1000'],
    ])('%s at %s is not tried at that point alone', async (source, x) => {
      const { out } = await gradus(['derive', source, '--set', `x=${x}`, '--numbers']);
      expect(out).toMatch(
        /✓ every step identical \(exact\) +· not tried in numbers: at the given point the function has a kink, or it/,
      );
    });

    test('in full the steps of all orders are shown, and judged', async () => {
      const { out } = await gradus(['derive', 'x^3', '--order', '3', '--detail', 'full']);
      expect(out).toContain('d/dx(x³)');
      expect(out).toContain('✓ every step identical (exact)');
    });

    test('--lr is the rate of the step among the numbers', async () => {
      const { out } = await gradus(['derive', 'param w = 3; minimize w^2', '--numbers', '--lr', '2']);
      expect(out).toContain('f 9 → 81');
    });

    test.each(['derive', 'eval'])('%s says how to give a value that is missing', async (command) => {
      const more = command === 'derive' ? ['--wrt', 'x', '--numbers'] : [];
      const { err, status } = await gradus([command, 'x^2*y', ...more, '--set', 'x=2']);
      expect(status).toBe(1);
      expect(err).toContain('hint: give it with --set y=… or --data FILE');
    });

    test.each(['markdown', 'html', 'ascii', 'latex'])('--numbers goes with %s', async (format) => {
      const { out, status } = await gradus(['derive', 'examples/or-gate.grad', '--numbers', '--format', format]);
      expect(status).toBe(0);
      expect(out).toContain('0.08401');
    });

    test.each([
      [['--set', 'b=[1,2]'], /the value of b has the shape \[2\]/],
      [['--set', 'c=1'], /c/],
      [['--set', 'b=1+'], /--set b=1\+/],
      [['--numbers', '--format', 'json'], /--numbers does not go with json/],
      [['--plan', '--format', 'latex'], /--plan does not go with latex\n {2}hint: it goes with text, json/],
      [['--plan', '--numbers'], /--numbers does not go with --plan/],
      [['--lr', '2'], /hint: write --numbers --lr 2/],
    ])('%j is refused', async (more, message) => {
      const { err, status } = await gradus(['derive', 'examples/or-gate.grad', ...more]);
      expect(status).not.toBe(0);
      expect(err).toMatch(message);
    });
  });
});
