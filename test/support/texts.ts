import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAst } from 'vitest/node';

/** The texts of the sources: literals, and templates with numbered holes. */

export interface Text {
  readonly file: string;
  readonly line: number;
  /** `there is no backend {0}`. */
  readonly template: string;
}

interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const isSyntax = (value: unknown): value is Syntax => typeof value === 'object' && value !== null && 'type' in value;

/** Types say nothing at run time, but what they are written around does. */
const isType = ({ type }: Syntax): boolean =>
  /^TS/.test(type) &&
  !/^TS(AsExpression|SatisfiesExpression|NonNullExpression|ParameterProperty|InstantiationExpression)$/.test(type);

const keyOf = ({ key }: Syntax): string => (isSyntax(key) ? String(key.name ?? key.value) : '');

const called = ({ callee }: Syntax): string => (isSyntax(callee) && callee.type === 'Identifier' ? String(callee.name) : '');

/** A literal, a template, or some of them one behind the other. */
const isText = (node: unknown): boolean => {
  if (!isSyntax(node)) return false;
  if (node.type === 'ParenthesizedExpression') return isText(node.expression);
  if (node.type === 'BinaryExpression') return isText(node.left) && isText(node.right);
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
};

/** `sin cos tan`.split(' '): a list is written as a text, and is taken apart at once. */
const isList = ({ type, callee }: Syntax): boolean =>
  type === 'CallExpression' &&
  isSyntax(callee) &&
  isSyntax(callee.property) &&
  /^(split|match|matchAll)$/.test(String(callee.property.name)) &&
  isText(callee.object);

/** Groups and classes, which no text for people has: patterns are put together out of such. */
const PATTERN = /\(\?[:=!<]|\\[sSdDwWbB](?!\p{L})|\\p\{/u;

/** What is no text for people, whatever it holds: mistakes of ours, lists, what regular expressions and tags are made of. */
const SKIPPED = (node: Syntax): boolean =>
  isType(node) ||
  /^(Import|ExportAll)Declaration$/.test(node.type) ||
  node.type === 'TaggedTemplateExpression' ||
  isList(node) ||
  (node.type === 'NewExpression' && /^(Range|Type)?Error$|^RegExp$/.test(called(node))) ||
  (node.type === 'Property' && ['rule', 'why', 'label', 'formula', 'latex'].includes(keyOf(node)));

export function textsOf(code: string, file: string): Text[] {
  const found: Text[] = [];
  const add = (node: Syntax, template: string) => {
    if (!PATTERN.test(template)) found.push({ file, line: code.slice(0, node.start).split('\n').length, template });
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isSyntax(value) || SKIPPED(value)) return;
    if (value.type === 'Literal' && typeof value.value === 'string') add(value, value.value);
    if (value.type === 'TemplateLiteral') {
      const quasis = value.quasis as readonly { readonly value: { readonly cooked: string } }[];
      add(value, quasis.map((q, k) => (k === 0 ? '' : `{${k - 1}}`) + q.value.cooked).join(''));
    }
    // names.join(' or ') puts words between things.
    const { callee, arguments: given } = value as { callee?: unknown; arguments?: readonly unknown[] };
    if (value.type === 'CallExpression' && isSyntax(callee) && isSyntax(callee.property) && callee.property.name === 'join') {
      const [between] = given ?? [];
      if (isSyntax(between) && typeof between.value === 'string') {
        add(value, `{0}${between.value}{1}`);
        visit(callee);
        return;
      }
    }
    // The name of a rule stands beside its reason; both are told in the words of derivations.
    const properties = (value.properties ?? []) as readonly Syntax[];
    if (value.type === 'ObjectExpression' && properties.some((p) => p.type === 'Property' && keyOf(p) === 'why'))
      visit(properties.filter((p) => p.type !== 'Property' || !['name', 'label'].includes(keyOf(p))));
    else for (const [key, child] of Object.entries(value)) if (key !== 'type') visit(child);
  };
  visit(parseAst(code, { lang: 'ts' }).body);
  return found;
}

/** The texts of all files of a folder that a condition holds of. */
export function textsIn(folder: string, wanted: (file: string) => boolean, ending = '.ts'): Text[] {
  const root = resolve(folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith(ending) && wanted(f));
  return files.sort().flatMap((file) => textsOf(readFileSync(join(root, file), 'utf8'), file));
}
