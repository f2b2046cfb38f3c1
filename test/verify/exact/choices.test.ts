import { expect, test } from 'vitest';
import { Choices } from '../../../src/verify/exact/choices.ts';

test('every sequence of choices is gone through once, also where one choice decides how many there are', () => {
  const choices = new Choices();
  const seen: string[] = [];
  do {
    const first = choices.pick(3);
    seen.push(first === 1 ? `${first}` : `${first}${choices.pick(2)}`);
  } while (choices.advance());
  expect(seen).toEqual(['00', '01', '1', '20', '21']);
});

test('a run can be made once more', () => {
  const choices = new Choices();
  const run = () => [choices.pick(2), choices.pick(2)];
  run();
  choices.advance();
  const second = run();
  choices.restart();
  expect(run()).toEqual(second);
});
