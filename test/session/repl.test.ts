import { describe, expect, test } from 'vitest';
import { sourceOf } from '../../src/session/entries.ts';
import { Dialogue, orGate } from './repl-dialogue.ts';

describe('an expression is answered by its normal form, its shape and its value', () => {
  test.each([
    ['2 + 3', '  5'],
    ['1/3', '  ⅓ = 0.333333'],
    ['x*x^2', '  x³   scalar'],
    ['', ''],
    ['# nothing', ''],
    ['a = 2; a^2', '  a = 2\n  a² = 4'],
    ['[1, 2,\n 3]', '  [1, 2, 3]   3×1\n  = [1  2  3]ᵀ'],
  ])('%s', async (line, answer) => {
    expect(await new Dialogue().say(line)).toBe(answer);
  });

  test('in the names of the session', async () => {
    const session = await orGate();
    expect(await session.say('A - Y - 2A')).toBe('  −A − Y   1×m\n  = [−0.5  −1.64566  −1.52498  −1.66819]');
    expect(await session.say('Z')).toBe('  Z = W·X + b   1×m\n  = [0  0.6  0.1  0.7]');
    expect(await session.say('W')).toBe('  W   1×2   param\n  = [0.1  0.6]');
    expect(await session.say('m')).toBe('  m = 4');
  });

  test('without a value if a name has none', async () => {
    const session = new Dialogue();
    expect(await session.say('data x; param w = 2', 'w*x')).toBe('  w·x   scalar');
    expect(await session.say('data x = 3', 'w*x')).toBe('  w·x = 6');
  });

  test('leaves no trace', async () => {
    const session = new Dialogue();
    await session.say('x^2');
    expect(session.state.entries).toEqual([]);
  });
});

describe('statements accumulate', () => {
  test('functions that are declared and not defined', async () => {
    const session = new Dialogue();
    await session.say('function f(x)');
    expect(sourceOf(session.state.entries).trim()).toBe('function f(x)');
    expect(await session.say('d(f(x^2))/dx')).toContain("= 2x·f'(x²)");
    expect(await session.say("x*f'(x) + f'(x)*x")).toContain("2x·f'(x)");
  });

  test('definitions, functions, declarations, an objective', async () => {
    const session = new Dialogue();
    expect(await session.say('param w = 3, v : [2]')).toBe('  w : scalar   param\n  v : 2×1   param');
    expect(await session.say('f(z) = z^2')).toBe('  f(z) is a function');
    expect(await session.say('a = f(w) + 1')).toBe('  a = 10');
    expect(await session.say('C[i, j] = v[i]*v[j]')).toBe('  C : 2×2');
    expect(await session.say('minimize Cost = a + sum(C)')).toBe('  Cost : scalar   to minimize');
    expect(sourceOf(session.state.entries)).toBe(
      'param w = 3\nparam v : [2]\nf(z) = z^2\na = f(w) + 1\nC[i, j] = v[i]*v[j]\nminimize Cost = a + sum(C)',
    );
  });

  test('a redefinition takes the place of what it redefines', async () => {
    const session = await orGate();
    expect(await session.say('A = tanh(Z)')).toMatch(/^ {2}A : 1×m\n {2}= \[0 {2}0\.53/);
    expect(await session.say(':model')).toMatch(/Z = W·X \+ b\n {2}A = tanh\(Z\)\n {2}minimize/);
    expect(await session.say('f(z) = z', 'f(z) = 2z', 'f(3)')).toBe('  6');
  });

  test('to a place where what it needs is known', async () => {
    const session = new Dialogue();
    await session.say('a = 1', 'b = 2', 'a = b + 1');
    expect(sourceOf(session.state.entries)).toBe('b = 2\na = b + 1');
    await session.say('y = x^2', 'x = 5');
    expect(await session.say('y')).toBe('  y = x² = 25');
  });

  test('one that the others do not fit is refused, and names the one', async () => {
    const session = await orGate();
    const told = await session.refused('data X : [2, m] = [[1], [2]]');
    expect(told).toContain('Y no longer fits, so X stays as it was');
    expect(told).toContain('data Y : [1, m] = [[0, 1, 1, 1]]');
    // Shapes are looked at before data.
    expect(await session.refused('data X : [3, m] = [[1], [2], [3]]')).toContain('Z no longer fits, so X stays as it was');
    expect(await session.refused('W = [1, 2, 3]')).toContain('no longer fits, so W stays as it was');
  });

  test('a circle is called one', async () => {
    const session = new Dialogue();
    await session.say('a = 1', 'b = 2a');
    expect(await session.refused('a = b + 1')).toBe('      ~\n  name error: a cannot be defined by b, which comes of a');
    expect(await session.refused('b = b + 1')).toContain('b is defined by itself');
  });

  test('the objective that another replaces stays as a definition', async () => {
    const session = new Dialogue();
    await session.say('param w = 1', 'minimize C = w^2', 'minimize D = C + w');
    expect(sourceOf(session.state.entries)).toBe('param w = 1\nC = w^2\nminimize D = C + w');
  });

  test('free names are declared when others are', async () => {
    const session = new Dialogue();
    await session.say('f = x^2');
    expect(await session.say('param w = 1')).toContain('it is data x');
    expect(sourceOf(session.state.entries)).toBe('data x\nf = x^2\nparam w = 1');
    expect(await session.say('param x = 3')).not.toContain('free');
    expect(await session.say('f')).toBe('  f = x² = 9');
  });

  test('what was declared and is now defined is told', async () => {
    const session = await orGate();
    expect(await session.say('b = 1')).toContain('b was declared by param; now it is defined');
  });

  test('all statements of a line, or none', async () => {
    const session = new Dialogue();
    await session.refused('a = 1; b = a*[1, 2]*[3, 4]');
    expect(session.state.entries).toEqual([]);
  });
});

describe('a derivation', () => {
  test.each([
    'd Cost / d W',
    'd/dW Cost',
    'd/d W Cost',
    '∂Cost/∂W',
    '∂(Cost)/∂(W)',
    'dCost/dW',
    'derive Cost W',
    'derive Cost by W',
  ])('%s', async (line) => {
    const session = await orGate();
    const told = await session.say(line);
    expect(told).toContain('  ∂Cost/∂W = dZ·Xᵀ        1×2   product rule');
    expect(told).not.toContain('∂Cost/∂b');
  });

  test.each(['derive', 'derive Cost', 'derive Cost W, b', 'd Cost / d (W, b)'])('%s, by all parameters', async (line) => {
    const told = await (await orGate()).say(line);
    expect(told).toContain('∂Cost/∂W = dZ·Xᵀ');
    expect(told).toContain('∂Cost/∂b = Σ dZ');
  });

  test.each(['d (x^2*sin(x)) / dx', 'd/dx x^2*sin(x)', 'd/dx (x^2*sin(x))', 'derive x^2*sin(x)', 'derive x^2*sin(x) x'])(
    '%s',
    async (line) => {
      expect(await new Dialogue().say(line)).toContain('  = 2x·sin(x) + x²·cos(x)');
      expect(await (await orGate()).say(line.startsWith('derive') && !line.endsWith(' x') ? `${line} x` : line)).toContain(
        '2x·sin(x)',
      );
    },
  );

  test('of any name, without what it does not need', async () => {
    const session = new Dialogue();
    const told = await session.say('data x = 2, unused = 3', 'g = x^2', 'h = 3g', 'k = unused^2', 'd g / d x');
    expect(told).toContain('d/dx(x²)\n  = 2x   power rule');
    expect(told).not.toMatch(/unused|[hk] /);
  });

  test('of a function of the session', async () => {
    const session = new Dialogue();
    expect(await session.say('g(t) = t^2', 'd g / d t')).toContain('= 2t   power rule');
    expect(await session.say('data x = 3', 'd g(x) / d x')).toContain('= 2x');
  });

  test('by the only name there is', async () => {
    expect(await new Dialogue().say('data x = 3, y = 4', 'g = x^2', 'derive g')).toContain('= 2x');
  });

  test('by an intermediate, which is then set aside', async () => {
    const told = await (await orGate()).say('d Cost / d Z');
    expect(told).toContain('∂Cost/∂Z = dA ⊙ A ⊙ (1 − A)');
    expect(told).not.toContain('W·X');
  });

  test('by an intermediate, and everything that follows from it', async () => {
    const session = await orGate();
    await session.say('∂Cost/∂Z');
    expect(await session.say(':numbers')).toMatch(/Z = W·X \+ b +0 +0\.6[\s\S]*∂Cost\/∂Z = dA ⊙ A ⊙ \(1 − A\) +0\.03125/);
    expect(await session.say(':check')).toMatch(/✓ every step[\s\S]*✓ ∂Cost\/∂Z/);
    expect(await session.say(':claim Z: (A-Y).*A.*(1-A)/m')).toContain('✓ ∂Cost/∂Z is');
    expect(await session.say(':claim dA: (A-Y)/m')).toContain('✓ dA is');
    expect(await session.say(':steps dZ')).toContain('∂Cost/∂Z_k = dA_k·∂A_k/∂Z_k');
    await session.say('∂Cost/∂A');
    expect(await session.say(':claim A: (A-Y)/m')).toContain('✓ ∂Cost/∂A is');
    await session.say('∂A/∂Z');
    expect(await session.say(':numbers')).toContain('∂A_i/∂Z_j = A_i·(1 − A_i)·δ_ij = [[[[0.2500');
  });

  test('by two intermediates of which one is made of the other is refused at that one', async () => {
    const refusal = await (await orGate()).refused('d Cost / d (Z, A)');
    expect(refusal).toMatch(/^ {17}~\n {2}argument error: A is made of Z/);
  });

  test('what data are made of stays for the numbers', async () => {
    const session = new Dialogue();
    await session.say('data a = 2', 'data x = a*3', 'g = x^2', 'd g / d x');
    expect(await session.say(':numbers')).toContain('∂g/∂x = 2x = 12');
  });

  test.each([
    ['d Cost / d Q', '             ~\n  name error: there is no Q to derive by\n  hint: there are X, Y, W, b'],
    ['d Cots / d W', '    ~~~~ did you mean Cost?\n  name error: unknown name Cots'],
    ['derive Cost Wx', '              ~~\n  name error: there is no Wx to derive by\n  hint: did you mean W?'],
    ['d/dW A*Y', '       ~~~ A is 1×m, Y is 1×m'],
  ])('%s is refused at its place', async (line, told) => {
    const refusal = await (await orGate()).refused(line);
    expect(refusal.slice(0, told.length)).toBe(told);
  });

  test('of nothing is refused', async () => {
    expect(await new Dialogue().refused('derive')).toContain('there is no name to derive by');
  });

  test('a name dW is a name where it is one', async () => {
    expect(await new Dialogue().say('Cost = 1; dCost = 6; dW = 2', 'dCost/dW')).toContain('= 3');
  });
});

describe('what is wrong is marked under what was typed', () => {
  test.each([
    ['Z = W·X + q', '            ~\n  name error: unknown name q\n  hint: declare it: data q, param q or q = …'],
    ['x = 3; y = X*W*Z', '             ~~~~~ X is 2×m, W is 1×2: the inner sizes m and 1 differ\n  shape error'],
    ['y = sigmiod(b)', '      ~~~~~~~ did you mean sigmoid?\n  name error: unknown function sigmiod'],
    ['2 + * 3', '      ~\n  syntax error: `*` stands where an operand was expected'],
    ['param U : [2, 2], V : [2.5]', '                        ~~~\n  shape error: a dimension is'],
    ['变量 = b + q', '           ~\n  name error: unknown name q'],
    ['x̂ = b + q', '         ~\n  name error: unknown name q'],
  ])('%s', async (line, told) => {
    expect(await (await orGate()).refused(line)).toContain(told);
  });

  test('of several lines, the line is repeated', async () => {
    expect(await new Dialogue().refused('data a; b = sum(\n q)')).toMatch(/^ {2}name error.*\n {2}2 │ {2}q\)\n {4}│ {2}~/);
  });

  test('a line that is too long for the screen is shown around the place', async () => {
    const told = await new Dialogue().refused(`data a; b = ${'a + '.repeat(40)}q`);
    expect(told).toMatch(/\n {2}1 │ ….* q\n {4}│ +~\n/);
    expect(Math.max(...told.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
