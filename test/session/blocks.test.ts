import { describe, expect, it } from 'vitest';
import { Dialogue, orGate } from './repl-dialogue.ts';

const MODEL = ['data X : [2, m], y : [1, m]', 'param W : [1, 2], b', 'A = W*X + b', 'Cost = sum((A - y).^2)/2'];

describe('derivatives by several names, some of them arrays, are blocks with their shapes', () => {
  it('of a Hessian each pair once', async () => {
    const session = new Dialogue();
    await session.say(...MODEL);
    const answer = await session.say('hessian(Cost, [W, b])');
    expect(answer).toMatch(/∂²Cost\/∂W² = .* {3}1×2×1×2$/mu);
    expect(answer).toMatch(/∂²Cost\/∂W∂b = sum\(X, m\)ᵀ {3}1×2$/mu);
    expect(answer).toMatch(/∂²Cost\/∂b² = m {3}scalar$/mu);
    expect(answer.split('\n')).toHaveLength(3);
  });

  it('of a gradient one a name', async () => {
    const session = new Dialogue();
    await session.say(...MODEL);
    expect(await session.say('grad(Cost, [W, b])')).toMatch(
      /∂Cost\/∂W = \(A − y\)·Xᵀ {3}1×2\n {2}∂Cost\/∂b = Σ \(A − y\) {3}scalar/u,
    );
  });

  it('of scalars a matrix, and by what is unknown an error', async () => {
    const session = new Dialogue();
    await session.say(...MODEL, 'param u = 3, v = 2');
    expect(await session.say('hessian(u^2*v, [u, v])')).toContain('[2v, 2u; 2u, 0]');
    expect(await session.refused('hessian(Cost, [W, q])')).toContain('unknown name q');
    expect(await session.refused('hessian(A, [W, b])')).toContain('scalar');
  });

  it('the numbers of a small array of four axes are its entries', async () => {
    const session = await orGate();
    expect(await session.say('hessian(Cost, W)')).toMatch(
      /\n {2}= 1×2×1×2\n {4}\[1, :, 1, :\] = \[0\.0355023 {2}0\.0184757\]\n {19}\[0\.0184757 {2}0\.0374653\]$/,
    );
  });

  it('the name of a derivative alone is that of a function', async () => {
    const session = await orGate();
    expect(await session.refused('hessian')).toMatch(/hessian is a function\n {2}hint: call it: hessian\(…\)$/);
    expect(await new Dialogue().say('grad')).toContain('free');
  });
});
