import { describe, expect, test } from 'vitest';
import { Dialogue, orGate } from './repl-dialogue.ts';

describe('what a derivation has printed can be typed', () => {
  test('what arrives at an intermediate: its formula, its shape, its value', async () => {
    const session = await orGate();
    expect(await session.refused('dZ')).toContain('unknown name dZ');
    await session.say('d Cost / d W');
    expect(await session.say('dZ')).toMatch(/^ {2}dZ = dA ⊙ A ⊙ \(1 − A\) {3}1×m\n {2}= \[0\.03125 /);
    expect(await session.say("dZ*X'")).toBe('  dZ·Xᵀ   1×2\n  = [−0.0480065  −0.0386588]');
    expect(await session.say("dZ*X' - ∂Cost/∂W")).toContain('= [0  0]');
    expect(await session.say('∂Cost/∂Z*2')).toContain('= [0.0625 ');
    expect(await session.say("dZ*X'", ':latex')).toBe('  \\mathrm{d}Z \\, X^{\\top}');
    expect(await session.refused('dZ + q')).toMatch(/^ {7}~\n {2}name error: unknown name q/);
    expect(await session.refused('dZ*X')).toContain('hint:');
  });

  test('the values are those that the session has now', async () => {
    const session = await orGate();
    await session.say('d Cost / d W');
    const before = await session.say('dZ');
    expect(await session.say(':train 5', 'dZ')).not.toBe(before);
  });

  test('parts that have got a name, and what arrives at them', async () => {
    const session = new Dialogue();
    await session.say('data X : [2, 2] = [1, 2; 3, 4]', 'data w : [2] = 1', 'd/dw norm(X*w)^2');
    expect(await session.say('u')).toContain('u = X·w');
    expect(await session.say("X'*du")).toContain('= [48  68]ᵀ');
  });

  test('a name of the session comes first', async () => {
    const session = await orGate();
    expect(await session.say('d Cost / d W', 'dZ = 3', 'dZ + 1')).toContain('= 4');
  });

  test('an objective without a name is f', async () => {
    const session = new Dialogue();
    await session.say('d/dx x^2*y');
    expect(await session.say('2*∂f/∂x')).toBe('  4y·x   scalar');
    expect(await session.refused('f(2)')).toContain('unknown function f');
    expect(await session.say('f = 3', 'f')).toContain('3');
  });

  test('of one number it is a function', async () => {
    const session = new Dialogue();
    expect(await session.say('d/dx x^3', "f'(2)")).toBe('  12');
    expect(await session.say("f(2) + f''(1)")).toBe('  14');
    expect(await session.say('f/2')).toBe('  f/2   scalar');
    expect(await session.say("f'(2)", ':latex', ':numbers')).toContain('12');
  });

  test('the derivative by a parameter is dW, too', async () => {
    const session = await orGate();
    await session.say('d Cost / d W');
    expect(await session.say('dW')).toBe('  dW = dZ·Xᵀ   1×2\n  = [−0.0480065  −0.0386588]');
    expect(await session.say('W - 2*dW')).toContain('= [0.196013  0.677318]');
    expect(await session.say(":claim dW: dZ*X'")).toContain("✓ ∂Cost/∂W is dZ*X'");
    expect(await session.refused(":claim dQ: dZ*X'")).toContain('there is no derivative by dQ to judge');
    expect(await session.say('d/dx x^3', 'dx')).toBe('  dx = 3x²   scalar');
  });

  test('so is that by a name that it was not derived by', async () => {
    const session = await orGate();
    await session.say('d Cost / d W');
    expect(await session.say('db')).toBe('  db = Σ dZ = −0.0370235');
    expect(await session.say(':claim db: sum(dZ)')).toContain('✓ ∂Cost/∂b is sum(dZ)');
    await session.say('∂Cost/∂Z');
    expect(await session.say('dZ')).toContain('= [0.03125 ');
    expect(await session.refused('dW')).toContain('unknown name dW');
  });

  test('a quantity of one number is a function of it where it is called', async () => {
    const session = new Dialogue();
    await session.say('f = x^2');
    expect(await session.say("f'(2)")).toBe('  4');
    expect(await session.say("f(3) + f''(1) + f'(2)^2")).toBe('  27');
    expect(await session.say("f'(x)")).toBe('  2x   scalar');
    expect(await session.say('f + 1')).toBe('  f + 1   scalar');
    const known = new Dialogue();
    await known.say('f = x^2', 'x = 3');
    expect(await known.say("f'(2)")).toBe('  4');
    expect(await known.say("f(5) + f'(x)")).toBe('  25 + 2x = 31');
    expect(await known.say('f')).toBe('  f = x² = 9');
    expect(await known.say('y = t + 1', 'k = y^2', 'k')).toContain('k = y²');
    expect(await known.refused("k'(2)")).toContain('k is a number, not a function');
    await session.say('g = f + 1', 'h = x*y');
    for (const name of ['f', 'g', 'h'])
      expect(await session.refused(`${name}'(2)`)).toContain(`${name} is a number, not a function`);
    expect(await session.refused('f(2) + f')).toContain('f is not a function');
    expect(await session.say('h(x, y) = x*y', 'diff(h(x, 3), x)')).toContain('3');
  });

  test('a derivative of several arguments at a point says how it is written', async () => {
    const session = new Dialogue();
    await session.say('g(x, y) = x^2*y');
    const told = await session.refused("1 + g'(2, 3)");
    expect(told).toMatch(/^ {6}~~\n {2}syntax error: g' does not say which argument of g it is derived by\n {2}hint: write /);
    const [, definition, point] = /hint: write (.*), then (.*)$/.exec(told)!;
    expect(await session.say(definition!, point!)).toBe('  12');
    const twice = /hint: write (.*), then (.*)$/.exec(await session.refused("g''(sin(0), 3)"))!;
    expect(await session.say(twice[1]!, twice[2]!)).toBe('  6');
    expect(await session.refused('(2, 3)')).toContain('a `,` separates only what stands in brackets');
  });

  test('what the session no longer has is unknown', async () => {
    const session = await orGate();
    await session.say('d Cost / d W', ':clear');
    expect(await session.say('dZ')).toBe('  dZ   scalar   free');
  });
});

describe('derivatives of higher order', () => {
  test.each(['d²/dx² x^4', 'd^2/dx^2 x^4', '∂²/∂x² (x^4)', 'd²(x^4)/dx²'])('%s is derived step by step', async (line) => {
    const session = new Dialogue();
    expect(await session.say(line)).toMatch(/4x³[\s\S]*= 12x²/);
    expect(await session.say(':check')).toContain('✓ ∂f′/∂x');
    expect(await session.say('x = 2', ':numbers')).toMatch(/f′ = 4x³ = 32[\s\S]*= 48$/);
    expect(await session.say(':steps full')).toContain('12x²');
  });

  test('of a function, a name, and what was asked about last', async () => {
    const session = new Dialogue();
    expect(await session.say('g(x) = x^3', "g'(2)")).toBe('  12');
    expect(await session.say('d²g/dx²')).toMatch(/= 6x\b/);
    expect(await session.say('x^5', '∂²f/∂x²')).toMatch(/= 20x³/);
    expect(await session.say('c = x^2', 'd²c/dx²')).toMatch(/= 2 {3}constant factor$/);
  });

  test('whose orders differ is told as anywhere', async () => {
    const session = new Dialogue();
    await session.say('g(x) = x^3');
    expect(await session.refused('d²g/dx³')).toMatch(/order/);
  });
});

test('the first entry of a recurrence alone is taken as it stands', async () => {
  const session = new Dialogue();
  expect(await session.say('h[0] = 1')).toBe('  h[0] = 1');
  expect(await session.say('h[t=1:3] = 2*h[t-1]', 'h')).toContain('[2  4  8]');
});

describe('what entries define is said by entries', () => {
  test.each([
    [['Z[i=1:3] = i^2', 'Z'], 'Z[i=1:3] = i²   3×1\n'],
    [['x = [1,2,3]', 'U[i=1:3,j=1:3] = i*x[j]', 'U'], 'U[i=1:3, j=1:3] = i·x[j]   3×3\n'],
    [['h[0] = 1', 'h[t=1:4] = 2*h[t-1]', 'h'], 'h[0] = 1; h[t=1:4] = 2·h[t − 1]   4×1\n'],
    // As a whole it is shorter.
    [['x = [1,2,3]', 'V[i=1:3] = 2*x[i]', 'V'], 'V = 2x   3×1\n'],
  ])('%j', async (lines, expected) => {
    expect(await new Dialogue().say(...lines)).toContain(expected);
  });
});

describe('derivatives by several scalars', () => {
  test.each([
    ['hessian(x^2*y, [x, y])', '[6  4]\n    [4  0]'],
    ['grad(x^2*y, [x, y])', '[12  4]ᵀ'],
    ['jacobian([x*y; y], [x, y])', '[3  2]\n    [0  1]'],
    ['jacobian(x*y, [x, y])', '[3  2]ᵀ'],
  ])('%s', async (line, expected) => {
    const session = new Dialogue();
    expect(await session.say('x = 2', 'y = 3', line)).toContain(`= ${expected}`);
  });

  test('of a definition and of a function', async () => {
    const session = new Dialogue();
    expect(await session.say('f = x^2*y', 'grad(f, [x, y])')).toContain('[2y·x; x²]');
    expect(await session.say('g(x, y) = x*y^2', 'grad(g, [x, y])')).toContain('[y²; 2x·y]');
  });

  test.each(['grad(x*y, [x, 2])', 'diff(x*y, [x, y])'])('%s is refused', async (line) => {
    expect(await new Dialogue().refused(line)).toContain('a derivative is taken by a name');
  });

  test('arrays are taken one at a time, within an expression', async () => {
    const session = new Dialogue();
    await session.say('data v : [3]', 'data t');
    expect(await session.refused('2*grad(sum(v)*t, [v, t])')).toContain('one name at a time');
  });
});
