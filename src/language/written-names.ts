import { canonicalName } from './names.ts';

const LETTER = '[\\p{L}\\p{N}\\p{M}_]';
const word = (name: string): string => `(?<!${LETTER})${name}(?!${LETTER})`;
/** How far a list of names is searched. */
const NEAR = '{0,500}?';

/** What declares or defines a name, be it for a dimension, a parameter of a function or an index. */
const DECLARING: readonly ((name: string) => string)[] = [
  (name) =>
    `(?:^|[;,\\n[]|${word('(?:data|param|const|minimize|maximize)')}\\s)\\s*${name}\\s*(?:[:=~](?!=)|\\[[^\\]\\n]${NEAR}\\]\\s*=(?!=))`,
  (name) => `${word('(?:data|param|const)')}\\s(?:[^\\n;]${NEAR},)?\\s*${name}`,
  (name) => `(?:^|[;\\n])\\s*${LETTER}+\\s*\\([^()]${NEAR}${name}[^()]${NEAR}\\)\\s*=(?!=)`,
  (name) => `(?:^|[;\\n])\\s*${name}\\s*\\([^()]${NEAR}\\)\\s*=(?!=)`,
  (name) => `:\\s*\\[[^\\]\\n]${NEAR}${name}`,
  (name) => `${word('function')}\\s(?:[^\\n;]${NEAR},)?\\s*${name}\\s*\\(`,
];

/** What a text makes of names, told before it is parsed: some signs mean one thing beside a declared name, another without. */
export class WrittenNames {
  private readonly text: string;
  private readonly known = new Map<string, boolean>();
  private readonly functions = new Map<string, readonly string[] | undefined>();
  private bare: string | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** The text without comments, names in their one spelling. */
  private get plain(): string {
    this.bare ??= canonicalName(this.text.replace(/#[^\r\n]*/g, ''));
    return this.bare;
  }

  /** The parameters of a function that the text defines. */
  parameters(name: string): readonly string[] | undefined {
    if (!this.functions.has(name)) {
      const found = new RegExp(`(?:^|[;\\n])\\s*${name}\\s*\\(([^()]*)\\)\\s*=(?!=)`, 'u').exec(this.plain);
      this.functions.set(name, found ? found[1]!.split(',').map((parameter) => parameter.trim()) : undefined);
    }
    return this.functions.get(name);
  }

  declares(name: string): boolean {
    return this.find(`declared ${name}`, () => DECLARING.some((form) => new RegExp(form(word(name)), 'u').test(this.plain)));
  }

  /** Whether the text has a name anywhere but in an exponent. */
  uses(name: string): boolean {
    return this.find(`used ${name}`, () => new RegExp(`(?<!\\^\\s*)${word(name)}`, 'u').test(this.plain));
  }

  private find(question: string, answer: () => boolean): boolean {
    const known = this.known.get(question) ?? answer();
    this.known.set(question, known);
    return known;
  }
}
