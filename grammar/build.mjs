// Compiles gradus.ne to TypeScript: node grammar/build.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import nearley from 'nearley';
import compile from 'nearley/lib/compile.js';
import generate from 'nearley/lib/generate.js';
import lint from 'nearley/lib/lint.js';
import language from 'nearley/lib/nearley-language-bootstrapped.js';

const source = fileURLToPath(new URL('gradus.ne', import.meta.url));
const target = fileURLToPath(new URL('../src/language/grammar.generated.ts', import.meta.url));

const parser = new nearley.Parser(nearley.Grammar.fromCompiled(language));
parser.feed(readFileSync(source, 'utf8'));
const grammar = compile(parser.results[0], { args: [source] });
lint(grammar, { out: process.stderr });
writeFileSync(target, generate(grammar, 'grammar'));
