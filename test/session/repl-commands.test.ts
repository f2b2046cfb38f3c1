import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { optimizers } from '../../src/descend/index.ts';
import { Dialogue, orGate } from './repl-dialogue.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
const file = (name: string, content?: string): string => {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content);
  return path;
};

describe('a claim', () => {
  test('about a higher derivative names the one below it', async () => {
    const session = new Dialogue();
    await session.say('d²/dx² x^4');
    expect(await session.say(':claim x: 12x^2')).toMatch(/^ {2}✓ ∂f′\/∂x is 12x\^2 /);
    expect(await session.say(':claim x: 4x^3')).toMatch(/^ {2}✗ ∂f′\/∂x is not 4x\^3 /);
    await session.say('g = x^4', 'd^3/dx^3 g');
    expect(await session.say(':claim x: 24x')).toContain('✓ ∂g″/∂x is 24x');
    expect(await session.say(':claim ∂g″/∂x: 24x')).toContain('✓ ∂g″/∂x is 24x');
    expect(await session.refused(':claim ∂g/∂x: 24x')).toContain('it is ∂g″/∂x');
    expect(await session.say(':check')).toContain('✓ ∂g″/∂x ');
  });

  test('about what a held quantity is made of is about the objective', async () => {
    const session = await orGate();
    await session.say('∂Cost/∂Z');
    expect(await session.say(':claim b: sum(dZ)')).toContain('✓ ∂Cost/∂b is sum(dZ)');
    expect(await session.say(":claim W: dZ*X'")).toContain("✓ ∂Cost/∂W is dZ*X'");
  });

  test('and a check are about what was derived last, whatever was typed since', async () => {
    const session = new Dialogue();
    await session.say('x = [1, 2]', "f = x'*x", 'd f / d x', 'dx');
    expect(await session.say(':check')).toContain('✓ ∂f/∂x ');
    expect(await session.say(':claim x: 2*x')).toContain('✓ ∂f/∂x is 2*x');
    await session.say('d sum(x.^3) / d x', ':clear');
    expect(await session.refused(':check')).toContain('there is no name to derive by');
  });

  test('is looked at where the session is', async () => {
    const session = await orGate();
    await session.say(':train 2', 'd Cost / d W');
    expect(await session.say(":claim W: dZ*X'/2")).toContain('at W ≈ [0.109564,0.607695], b ≈ 0.00734725 the claim gives');
    expect(await session.say(':reset', ":claim W: dZ*X'/2")).toContain('at W = [0.1,0.6], b = 0 the claim gives');
  });

  test('about data of a file is looked at there', async () => {
    const session = new Dialogue();
    await session.say('data x : [n], y : [n]', 'param w = 1', 'minimize sum((w*x - y).^2)');
    await session.say(`:load ${file('given.csv', 'x,y\n1,2\n2,5\n')}`);
    expect(await session.say(':claim w: sum((w*x - y).*x)')).toContain('at w = 1 the claim gives −7, the derivative is −14');
  });
});

describe('how answers are written', () => {
  test(':steps full shows the last derivation again, with its reasons, and all later ones', async () => {
    const session = await orGate();
    expect(await session.say(':steps full')).toBe('steps: full');
    expect(await session.say('d Cost / d W')).toContain('= Σ_k dZ_k X_jk');
    expect(await session.say(':steps brief')).not.toContain('Σ_k dZ_k X_jk');
    expect(await session.say(':steps full')).toContain('Σ_k dZ_k X_jk');
    expect(await session.refused(':steps ful')).toContain('did you mean full?');
    expect(await session.refused(':steps')).toContain('it takes full or brief');
  });

  test(':numbers shows the values, forward and backward', async () => {
    const session = await orGate();
    expect(await session.refused(':numbers')).toContain('derive something: d Cost / d W');
    await session.say('d Cost / d W');
    expect(await session.say(':numbers')).toMatch(/^Forward\n.*\n.*\n {2}A = σ\(Z\) +0\.5000 +0\.6457/);
    expect(await session.say(':numbers on')).toMatch(/^X : 2×m[\s\S]*Backward[\s\S]*∂Cost\/∂W = dZ·Xᵀ = \[−0\.04801/);
    expect(await session.say('d Cost / d b')).toContain('Forward');
    expect(await session.say(':numbers off', 'd Cost / d b')).not.toContain('Forward');
    expect(await session.refused(':numbers of')).toContain('did you mean on?');
  });

  test(':numbers on stands where a name has no value yet', async () => {
    const session = new Dialogue();
    await session.say(':numbers on');
    expect(await session.say('d/dx x^3')).toMatch(/= 3x²[\s\S]*\nno numbers: x has no value\n {2}hint: for example x = 2$/);
    expect(await session.say('x = 2', 'd/dx x^3')).toContain('df/dx = 3x² = 12');
    const later = new Dialogue();
    await later.say('d/dx x^3');
    expect(await later.say(':numbers on')).toContain('no numbers: x has no value');
    expect(later.state.settings.numbers).toBe(true);
    expect(await later.say(':lang zh')).toContain('没有数值：x 没有值\n  提示：例如 x = 2');
  });

  test(':numbers of the objective by its parameters has a step of descent', async () => {
    const session = await orGate();
    await session.say('derive Cost W, b');
    expect(await session.say(':numbers')).toMatch(/One step, α = 1\n {2}W := W − α·∂Cost\/∂W[\s\S]*Cost 0\.08891 → 0\.08401/);
    await session.say('d A / d W');
    expect(await session.say(':numbers')).not.toContain('One step');
  });

  test(':numbers of a scalar has its value too', async () => {
    const session = new Dialogue();
    expect(await session.say('data x = 3', 'g = x^2', 'd g / d x', ':numbers')).toMatch(/g = x² = 9\n[\s\S]*∂g\/∂x = 2x = 6/);
  });

  test(':numbers after an expression has the names that it is written in', async () => {
    const session = await orGate();
    expect(await session.say("(A - Y)*X'", ':numbers')).toMatch(/^ {2}X +=[^Z]*\n {2}Y +=.*\n {2}A +=.*\n {2}\(A − Y\)·Xᵀ = \[/);
    const free = new Dialogue();
    await free.say('x^2*y');
    expect(await free.refused(':numbers')).toMatch(/has no value\n {2}hint: for example [xy] = 2$/);
    expect(await free.say('x = 2', 'y = 3', 'x^2*y', ':numbers')).toBe('  x    = 2\n  y    = 3\n  x²·y = 12');
  });

  test('the hint for a name without a value can be typed', async () => {
    const session = new Dialogue();
    await session.say('data X : [3, 2]', 'data w : [2] = [1, 2]', 'd/dw sum((X*w).^2)');
    const told = await session.refused(':numbers');
    const [, line] = /hint: for example (.*)$/.exec(told)!;
    expect(line).toBe('data X : [3, 2] = [1, 2; 3, 4; 5, 6]');
    expect(await session.say(line!, ':numbers')).toContain('∂f/∂w');
  });

  test(':numbers says the names that the derivation has printed', async () => {
    const session = new Dialogue();
    await session.say('data X : [2, 2] = [1, 2; 3, 4]', 'data w : [2] = 1');
    expect(await session.say('d/dw sum((X*w).^2)')).toContain('du = 2u');
    expect(await session.say(':numbers')).toContain('du = 2u = [6  14]ᵀ');
  });

  test(':steps shows one step with its working', async () => {
    const session = await orGate();
    expect(await session.refused(':steps dZ')).toContain('it takes full or brief');
    await session.say('d Cost / d W');
    expect(await session.say(':steps dZ')).toMatch(/^ {2}dZ = dA ⊙ A ⊙ \(1 − A\) .*\n {6}forward/);
    for (const name of ['W', '∂Cost/∂W', 'dCost/dW'])
      expect(await session.say(`:steps ${name}`)).toMatch(/^ {2}∂Cost\/∂W = dZ·Xᵀ/);
    expect(await session.refused(':steps dQ')).toContain('did you mean');
    expect(await new Dialogue().say('d/dx x^2*y', ':steps x')).toMatch(/^∂\/∂x\(x²·y\)\n/);
  });

  test(':latex shows the last answer', async () => {
    const session = new Dialogue();
    expect(await session.refused(':latex')).toContain('there is nothing to show yet');
    expect(await session.say('x/y', ':latex')).toBe('  \\frac{x}{y}');
    expect(await session.say(':latex on', 'x^2')).toBe('  x^{2}');
    expect(await session.say(':latex off')).toBe('  x²   scalar');
    const model = await orGate();
    expect(await model.say('d Cost / d W', ':latex')).toMatch(/^\\begin\{aligned\}/);
  });

  test(':ascii has no other signs, and back', async () => {
    const session = await orGate();
    await session.say('d Cost / d W');
    for (const line of [':ascii', 'Z', 'A', 'd Cost / d b', ':shapes', ':train 10', ':plot', 'param w = -1']) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
      expect(await session.say(line)).toMatch(/^[\x00-\x7f]*$/);
    }
    expect(await session.say(':ascii off', 'Z')).toContain('W·X');
    expect(await session.say(':ascii on', 'Z')).toContain('W*X');
  });

  test(':lang gives the reasons in another language', async () => {
    const session = await orGate();
    expect(await session.say('d Cost / d W', ':lang zh')).toContain('链式法则');
    expect(await session.say(':lang en')).toContain('chain rule');
    expect(await session.refused(':lang tlh')).toContain('it takes en or zh');
  });

  test(':shapes lists every name, and what the data say about sizes', async () => {
    const told = await (await orGate()).say(':shapes');
    expect(told.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['X', '2×m', 'data'],
      ['Y', '1×m', 'data'],
      ['W', '1×2', 'param'],
      ['b', 'scalar', 'param'],
      ['Z', '1×m'],
      ['A', '1×m'],
      ['Cost', 'scalar', 'minimize'],
      [''],
      ['m = 4'],
    ]);
    expect(await new Dialogue().say(':shapes')).toContain('There is nothing yet');
    const chinese = await orGate();
    await chinese.say(':lang zh');
    expect(await chinese.say(':shapes')).toContain('  W      1×2    参数\n  b      标量   参数\n');
    expect(await chinese.say(':shapes')).toContain('  Cost   标量   最小化\n');
    expect(await chinese.say(':clear', ':shapes')).toContain('还没有内容');
    expect(await chinese.say('g = x^2', ':shapes')).toContain('  x   标量   自由变量\n');
  });
});

describe('checks', () => {
  test(':check compares with differences, what was derived last or the objective', async () => {
    const session = await orGate();
    expect(await session.say(':check')).toMatch(/✓ every step identical \(exact\)[\s\S]*✓ ∂Cost\/∂W[\s\S]*✓ ∂Cost\/∂b/);
    expect(await session.say('d/dx x^2*sin(x)', ':check')).toMatch(/✓ ∂f\/∂x/);
    expect(await new Dialogue().refused(':check')).toContain('there is no name to derive by');
  });

  test(':claim judges a derivative', async () => {
    const session = await orGate();
    expect(await session.say(":claim W: dZ*X'")).toBe("  ✓ ∂Cost/∂W is dZ*X'   identical (exact)");
    expect(await session.say(':claim W: dZ*X')).toMatch(/^ {2}✗ ∂Cost\/∂W is not dZ\*X\n.*inner sizes[\s\S]*transpose/);
    expect(await session.say('d/dx x^2', ':claim x = 2x')).toBe('  ✓ ∂f/∂x is 2x   identical (exact, error below 2⁻¹²⁰)');
    expect(await session.say(':lang zh', ':claim W: dZ*X')).toContain('转置');
  });

  test(':claim judges what arrives at an intermediate', async () => {
    const session = await orGate();
    expect(await session.say(':claim dZ: dA.*A.*(1-A)')).toContain('✓ dZ is dA.*A.*(1-A)');
    expect(await session.say(':claim dZ: dA.*A')).toContain('✗ dZ is not dA.*A');
    expect(await session.say(":claim ∂Cost/∂W: dZ*X'")).toContain('✓ ∂Cost/∂W');
    expect(await session.refused(":claim ∂Loss/∂W: dZ*X'")).toContain('hint: it is ∂Cost/∂W');
    const bare = new Dialogue();
    await bare.say('data X : [3,2]', 'data w : [2]', 'data y : [3]', 'd/dw norm(X*w-y)^2');
    expect(await bare.say(':claim dr: 2r')).toContain('✓ dr is 2r');
    expect(await bare.say(":claim w: X'*dr")).toContain('✓');
  });

  test.each([
    [':claim', "        ~\n  usage error: a claim is a name and its derivative\n  hint: :claim W: dZ*X'"],
    [':claim Q: 2', '         ~\n  name error: there is no derivative by Q to judge'],
    [':claim W: dZ*Xx', '               ~~ did you mean X?\n  name error: unknown name Xx'],
    [':claim W: dZ*', '               ~\n  syntax error'],
  ])('%s is refused', async (line, told) => {
    expect(await (await orGate()).refused(line)).toContain(told);
  });
});

describe('training', () => {
  test(':train learns, and goes on from there', async () => {
    const session = await orGate();
    expect(await session.say(':train 500 lr=1')).toMatch(
      /^After 500 epochs\n {2}W = \[3\.64084 {2}3\.64796\]\n[\s\S]*Cost 0\.0889129 → 0\.00686551/,
    );
    expect(await session.say('W')).toContain('[3.64084  3.64796]');
    expect(await session.say('sum(A)')).toMatch(/= 2\.96042$/);
    expect(await session.say(':train 500 lr = 1')).toMatch(
      /^After 500 epochs more, 1000 in all\n[\s\S]*Cost 0\.00686551 → 0\.003144/,
    );
    expect(session.state.costs).toHaveLength(1001);
    expect(await session.say(':reset', 'W')).toContain('[0.1  0.6]');
  });

  test('an interrupt keeps what was learned', async () => {
    const session = await orGate();
    session.host = { width: 80, interruptible: () => AbortSignal.timeout(100) };
    expect(await session.say(':train 100000000 lr=1')).toContain('Stopped. The parameters are kept');
    const { W } = session.state.learned;
    expect(W).toBeDefined();
    session.host = { width: 80 };
    await session.say(':train 0');
    expect(session.state.learned.W).toEqual(W);
  });

  test('a parameter that is declared anew starts anew; the others stay', async () => {
    const session = await orGate();
    await session.say(':train 5');
    expect(await session.say('param b = 7')).toContain('what was learned for b is forgotten');
    expect(await session.say('b')).toContain('= 7');
    expect(await session.say('W')).not.toContain('[0.1  0.6]');
  });

  test('a run that diverges says so, and keeps the best that it found', async () => {
    const session = new Dialogue();
    expect(await session.say('param w = 1', 'minimize w^2', ':train lr=10')).toMatch(
      /✗ the cost is [\s\S]*hint: w grew most, to \S+; the curvature at the start allows rates below 1: try 0\.5/,
    );
    expect(await session.say('w')).toMatch(/= 1$/);
  });

  test('data that the objective does not need are not asked for', async () => {
    const session = new Dialogue();
    expect(await session.say('data x', 'param w = 1', 'minimize w^2', ':train 10')).toContain('After 10 epochs');
  });

  test.each([
    [':train 10 rate=1', '            ~~~~\n  usage error: :train has no option rate'],
    [':train 10 lrr=1', 'did you mean lr?'],
    [':train ten', 'epochs is a whole number'],
    [':train 10 lr=0', 'lr is a number above 0, not 0'],
    [
      ':train 10 optimizer=magic',
      `optimizer is one of ${optimizers.flatMap((o) => [o.name, ...(o.spellings ?? [])]).join(', ')}, auto, not magic`,
    ],
  ])('%s is refused', async (line, told) => {
    expect(await (await orGate()).refused(line)).toContain(told);
  });

  test('without an objective there is nothing to train', async () => {
    expect(await new Dialogue().refused(':train 10')).toContain('there is nothing to train');
  });

  test(':plot draws the cost, falling from the upper left', async () => {
    const session = await orGate();
    expect(await session.refused(':plot')).toContain('hint: :train 500');
    const lines = (await session.say(':train 500 lr=1', ':plot')).split('\n');
    expect(lines[0]).toBe('Cost');
    expect(lines[1]).toMatch(/^ *0\.08891 │[⠀-⣿]{1,3}$/);
    expect(lines[10]).toMatch(/^0\.006866 │⠀{10,}[⠀-⣿]+$/);
    expect(lines.at(-1)).toMatch(/0 +500 epochs$/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(await session.say(':train 4500 lr=1', ':plot')).toMatch(/^Cost, logarithmic\n/);
  });
});
