import { bench, describe } from 'vitest';
import { answer, table } from './brevity/measure.ts';
import { questions } from './brevity/questions.ts';

/** How long derivatives print against what a mathematician writes; `test/simplify/brevity.test.ts` holds the bars. */
describe('brevity', () => {
  for (const [kind, list] of Object.entries(questions)) {
    console.log(`${kind}: ${table(list.map(answer))}`);
    bench(kind, () => {
      for (const question of list) answer(question);
    });
  }
});
