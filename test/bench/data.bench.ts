import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { Parser } from 'csv-parse';
import { bench, describe } from 'vitest';
import { fileBatches } from '../../src/data/file-batches.ts';
import { dataFile } from '../../src/data/read.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';
import { random } from '../../src/numeric/random.ts';

/**
 * How long tables take, beside csv-parse alone, which hands each row on and keeps nothing. The bars: 100 MB of doubles in
 * at most 1.3 times its time, and 1 GB a batch at a time at 0.8 of its rate within 300 MB. DATA_MB sets the size; the
 * peak of the memory is printed at the end.
 */
const MEGABYTES = Number(process.env.DATA_MB ?? 100);
const COLUMNS = 10;
const FILE = join(tmpdir(), `gradus-bench-${MEGABYTES}.csv`);

async function generate(): Promise<void> {
  if (existsSync(FILE) && statSync(FILE).size >= MEGABYTES * 1e6) return;
  const draw = random(1);
  const out = createWriteStream(FILE);
  // In quotes, as R writes them.
  out.write(`${Array.from({ length: COLUMNS }, (_, k) => `"x${k + 1}"`).join()}\n`);
  for (let written = 0; written < MEGABYTES * 1e6; ) {
    let text = '';
    for (let row = 0; row < 2000; row++) text += `${Array.from({ length: COLUMNS }, () => draw.normal()).join()}\n`;
    written += text.length;
    if (!out.write(text)) await new Promise<void>((done) => out.once('drain', () => done()));
  }
  out.end();
  await finished(out);
}

await generate();
const open = (file: string) => createReadStream(file) as AsyncIterable<Uint8Array>;
const model = elaborate(parse(`data X : [n, ${COLUMNS}] from x1..x${COLUMNS}; minimize sum(X)`));
let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 50);
watch.unref();

const once = { iterations: 1, warmupIterations: 0, time: 0, warmupTime: 0 };

describe(`${MEGABYTES} MB of doubles`, () => {
  bench(
    'csv-parse alone',
    async () => {
      let rows = 0;
      const parser = new Parser({ skip_empty_lines: true });
      parser.on('data', () => rows++);
      createReadStream(FILE).pipe(parser);
      await finished(parser);
    },
    once,
  );

  bench(
    'a batch of 64 rows at a time',
    async () => {
      peak = 0;
      for await (const _ of fileBatches(model.inputs, FILE, open, 64, {}));
      console.log(`peak ${Math.round(peak / 1e6)} MB`);
    },
    once,
  );

  if (MEGABYTES <= 200) {
    bench(
      'into memory',
      async () => {
        await dataFile(FILE, open);
      },
      once,
    );
  }
});
