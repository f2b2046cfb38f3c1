import { parseAst } from 'rolldown/parseAst';

/** What a module of the engine is made of, as its text has it. */

/** A place in a text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A function that stands in no other one: what it refers to is its own, or the module's. */
export interface Outer extends Range {
  /** A statement, a value, a method written short in an object, or a member of a class. */
  readonly form: 'statement' | 'value' | 'method' | 'member';
  readonly isArrow: boolean;
  readonly isAsync: boolean;
  readonly parameters: string;
  /** In braces or, of an arrow, an expression. */
  readonly body: Range & { readonly inBraces: boolean };
  /** What belongs to its place alone: constructors, accessors, generators, what calls the class above. */
  readonly isBound: boolean;
}

/** A statement at the top of a module. */
export interface Statement extends Range {
  /** Where what it declares begins, after `export`. */
  readonly declared: number;
  readonly names: readonly string[];
  /** Where the members of a class begin; undefined for what is none. */
  readonly members: number | undefined;
  readonly isImport: boolean;
  readonly isExported: boolean;
  /** What it declares may be set again: who sets it must stand beside it. */
  readonly isVariable: boolean;
  /** Whether it declares what others of the module use, and does nothing else. */
  readonly isInner: boolean;
}

export interface Module {
  /** What lists at its end export of it. */
  readonly listed: ReadonlySet<string>;
  readonly statements: readonly Statement[];
  readonly functions: readonly Outer[];
}

// biome-ignore lint/suspicious/noExplicitAny: the parser's nodes come in every form
type Node = any;

export function moduleOf(text: string): Module {
  const statements: Statement[] = [];
  const functions: Outer[] = [];
  const listed = new Set<string>();
  for (const statement of parseAst(text, { lang: 'ts' }).body as Node[]) {
    const { start, end, type, source, specifiers = [] } = statement;
    if (type === 'ExportNamedDeclaration' && source == null) for (const { local } of specifiers) listed.add(local.name);
    const isExported = type === 'ExportNamedDeclaration' && statement.declaration != null;
    const declaration: Node = isExported ? statement.declaration : statement;
    const names = namesOf(declaration);
    const isVariable = declaration.kind === 'let';
    const isInner = names.length > 0 && !isExported && !isVariable;
    statements.push({
      start,
      end,
      declared: declaration.start,
      names,
      members: declaration.type === 'ClassDeclaration' ? declaration.body.start + 1 : undefined,
      isImport: type === 'ImportDeclaration',
      isExported,
      isVariable,
      isInner,
    });
    collect(declaration, text, functions);
  }
  return { statements, functions, listed };
}

function namesOf(declaration: Node): string[] {
  if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') return [declaration.id.name];
  if (declaration.type !== 'VariableDeclaration') return [];
  return declaration.declarations.flatMap(({ id }: Node) => bound(id));
}

/** What a pattern binds. */
function bound(pattern: Node): string[] {
  if (pattern == null) return [];
  if (pattern.type === 'Identifier') return [pattern.name];
  const within: Node[] = pattern.elements ?? pattern.properties ?? [];
  return within.flatMap((part) => bound(part?.value ?? part?.argument ?? part));
}

/** The outermost functions below a node. */
function collect(node: Node, text: string, into: Outer[], holder?: Node): void {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const each of node) collect(each, text, into, holder);
    return;
  }
  if (/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type) && node.body) {
    into.push(outer(node, text, holder));
    return;
  }
  for (const [key, value] of Object.entries(node)) if (key !== 'parent') collect(value, text, into, node);
}

function outer(node: Node, text: string, holder: Node): Outer {
  const { start, end, type, params, body, async: isAsync, generator } = node;
  const isShort = holder?.type === 'Property' && (holder.method || holder.kind !== 'init');
  const isMember = holder?.type === 'MethodDefinition';
  const form = type === 'FunctionDeclaration' ? 'statement' : isMember ? 'member' : isShort ? 'method' : 'value';
  const first = params[0]?.start;
  const parameters = first === undefined ? '' : text.slice(first, params.at(-1).end);
  return {
    start,
    end,
    form,
    isArrow: type === 'ArrowFunctionExpression',
    isAsync,
    parameters,
    body: { start: body.start, end: body.end, inBraces: body.type === 'BlockStatement' },
    isBound:
      generator ||
      (isShort && isAsync) ||
      /^(constructor|get|set)$/.test(holder?.kind ?? '') ||
      /\bsuper\b|\.#|\bnew\.target\b/.test(text.slice(start, end)),
  };
}

/** The words of a text: what it may refer to is among them. */
export const wordsIn = (text: string): ReadonlySet<string> => new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
