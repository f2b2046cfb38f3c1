import { moduleOf, type Outer, type Range, type Statement, wordsIn } from './functions.ts';

/** A function that is shorter is not worth another in its place. */
const SHORT = 25;

/** What a module is divided by. */
export interface Division {
  /** The module, as others import it. */
  readonly path: string;
  /** A number that nothing else of the part has. */
  next(): number;
  /** What the part is called that comes later, and the module that keeps it. */
  readonly part: string;
  readonly keeper: string;
  /** Whether the function of this text, or the class of this name, is wanted from the beginning. */
  isWanted(what: string): boolean;
  /** Classes that others extend, or ask for by name: what only makes one cannot stand for it. */
  readonly pinned: ReadonlySet<string>;
}

/** A module in two: what is there from the beginning, and what comes later. */
export interface Halves {
  readonly now: string;
  readonly later: string;
}

/** The same in each build. */
export const standInName = (part: string, number: number): string => `${part}_${number.toString(36)}`;

/** What comes later stands in the part under a name of its own; what takes its place calls it there. */
class Divided {
  readonly statements: readonly Statement[];
  readonly listed: ReadonlySet<string>;
  readonly functions: readonly Outer[];
  readonly classes: readonly Statement[];
  private readonly text: string;
  private readonly by: Division;
  private readonly names = new Map<Range, string>();

  constructor(text: string, by: Division) {
    const { statements, functions, listed } = moduleOf(text);
    const variables = statements.flatMap(({ isVariable, names }) => (isVariable ? names : []));
    const setsNone = ({ start, end }: Range): boolean => {
      const words = wordsIn(text.slice(start, end));
      return !variables.some((variable) => words.has(variable));
    };
    const isUnwanted = ({ start, end }: Range): boolean => !by.isWanted(text.slice(start, end));
    this.text = text;
    this.by = by;
    this.statements = statements;
    this.listed = listed;
    this.classes = statements.filter(
      (one) =>
        one.members !== undefined &&
        one.end - one.declared >= SHORT &&
        !by.pinned.has(one.names[0]!) &&
        !by.isWanted(one.names[0]!) &&
        setsNone(one),
    );
    this.functions = functions.filter(
      (each) =>
        !each.isBound &&
        each.body.end - each.body.start >= SHORT &&
        isUnwanted(each) &&
        setsNone(each) &&
        !this.classes.some((one) => isWithin(each, one)),
    );
  }

  private nameOf(each: Range): string {
    const name = this.names.get(each) ?? standInName(this.by.part, this.by.next());
    this.names.set(each, name);
    return name;
  }

  get isWhole(): boolean {
    return this.functions.length + this.classes.length === 0;
  }

  /** What takes the place of a function, which the keeper has under that name; a member of a class and who asks for one call it. */
  private standIn(each: Outer): string {
    const name = this.nameOf(each);
    if (this.isImported(each)) return each.form === 'method' ? `: ${name}` : name;
    const work = `late_${this.by.part}.call('${name}', this, given)`;
    return each.isArrow ? `(...given) => ${work}` : `(...given) { return ${work}; }`;
  }

  private isImported({ form, isArrow, start, end }: Outer): boolean {
    return form !== 'member' && !(isArrow && wordsIn(this.text.slice(start, end)).has('this'));
  }

  /** The text of a statement with what comes later replaced. */
  readonly withStandIns = (statement: Statement): string => {
    const { start, end, declared, isExported, names } = statement;
    if (this.classes.includes(statement))
      return `${isExported ? 'export ' : ''}function ${names[0]}(...given) { return late_${this.by.part}.made('${this.nameOf(statement)}', given); }`;
    const within = this.functions.filter((one) => isWithin(one, statement));
    if (within.some((one) => one.form === 'statement' && one.start === declared))
      return isExported ? `export { ${names[0]} };` : '';
    let now = this.text.slice(start, end);
    for (const each of within.toReversed())
      now = now.slice(0, each.start - start) + this.standIn(each) + now.slice(each.end - start);
    return now;
  };

  /** What statements import from the keeper. */
  imports(there: ReadonlySet<Statement>): string {
    const statements = [...there];
    const names = this.functions.flatMap((each) => {
      const holder = statements.find((one) => isWithin(each, one));
      if (!holder || !this.isImported(each)) return [];
      return each.form === 'statement' ? [`${this.nameOf(each)} as ${holder.names[0]}`] : [this.nameOf(each)];
    });
    return `import { ${[`late as late_${this.by.part}`, ...names].join(', ')} } from '${this.by.keeper}';`;
  }

  /** What comes later, of which some statements come whole. */
  later(moved: readonly Statement[]): string {
    const bodies = this.functions
      .filter((each) => !moved.some((one) => isWithin(each, one)))
      .map((each) => {
        const { isAsync, parameters, body } = each;
        const written = this.text.slice(body.start, body.end);
        const work = body.inBraces ? written : `{ return (${written}); }`;
        return `export ${isAsync ? 'async ' : ''}function ${this.nameOf(each)}(${parameters}) ${work}`;
      });
    const classes = this.classes
      .filter((one) => !moved.includes(one))
      .flatMap((one) => [this.text.slice(one.declared, one.end), `export { ${one.names[0]} as ${this.nameOf(one)} };`]);
    return [...moved.map(({ start, end }) => this.text.slice(start, end)), ...classes, ...bodies].join('\n');
  }
}

const isWithin = (inner: Range, { start, end }: Statement): boolean => inner.start >= start && inner.end <= end;

/** Undefined where nothing of it comes later. */
export function halves(text: string, by: Division): Halves | undefined {
  const divided = new Divided(text, by);
  if (divided.isWhole) return undefined;
  const { statements, classes, listed } = divided;
  const there = neededNow(statements, divided.withStandIns);
  const later = divided.later(statements.filter((one) => !there.has(one)));
  const words = wordsIn(later);
  const beside = [...there]
    .filter((one) => !classes.includes(one))
    .map(({ names, ...one }) => ({ ...one, names: names.filter((name) => words.has(name)) }));
  const inner = beside.flatMap(({ isExported, names }) => (isExported ? [] : names.filter((name) => !listed.has(name))));
  const used = beside.flatMap(({ names }) => names);
  const now = statements.filter((one) => there.has(one)).map(divided.withStandIns);
  return {
    now: [divided.imports(there), ...now, inner.length > 0 ? `export { ${inner.join(', ')} };` : ''].join('\n'),
    later: [
      ...statements.flatMap(({ isImport, start, end }) => (isImport ? [text.slice(start, end)] : [])),
      used.length > 0 ? `import { ${used.join(', ')} } from ${JSON.stringify(by.path)};` : '',
      later,
    ].join('\n'),
  };
}

/** Statements that are there from the beginning: all but what only others that come later refer to. Who sets a variable stays with it. */
function neededNow(statements: readonly Statement[], textOf: (statement: Statement) => string): ReadonlySet<Statement> {
  const variables = statements.flatMap(({ isVariable, names }) => (isVariable ? names : []));
  const sets = (one: Statement): boolean => {
    const words = variables.length > 0 ? wordsIn(textOf(one)) : undefined;
    return variables.some((variable) => words?.has(variable));
  };
  const there = new Set(statements.filter((one) => !one.isInner || sets(one)));
  const open = [...there];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.isImport) continue;
    const words = wordsIn(textOf(next));
    for (const other of statements) {
      if (there.has(other) || !other.names.some((name) => words.has(name))) continue;
      there.add(other);
      open.push(other);
    }
  }
  return there;
}
