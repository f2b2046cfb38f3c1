import computeEngine from './compute-engine.json' with { type: 'json' };
import cookbook from './cookbook.json' with { type: 'json' };
import losses from './losses.json' with { type: 'json' };
import sympy from './sympy.json' with { type: 'json' };
import textbook from './textbook.json' with { type: 'json' };

/** A derivative whose length is measured, and the forms that it is measured against. */
export interface Question {
  /** With the declarations of its arrays. */
  readonly source: string;
  readonly shown: string;
  readonly wrt: string;
  /** What a mathematician writes. */
  readonly hand: string;
  /** What SymPy and compute-engine give, in this language. */
  readonly others: readonly string[];
}

/** A shape, or what a declaration says behind the name; nothing for a number. */
type Shapes = Readonly<Record<string, readonly string[] | string>>;
type Case = readonly [source: string, wrt: string, hand: string, shapes?: Shapes];

const declared = (shapes: Shapes, wrt: string): string =>
  Object.entries(shapes)
    .map(([name, shape]) => {
      const said = typeof shape === 'string' ? shape : `[${shape.join(', ')}]`;
      return `${name === wrt ? 'param' : 'data'} ${name}${said && ` : ${said}`}; `;
    })
    .join('');

const formsOf = (forms: Readonly<Record<string, readonly string[]>>, key: string): readonly string[] => forms[key] ?? [];

const asked = ([shown, wrt, hand, shapes = {}]: Case): Question => ({
  source: declared(shapes, wrt) + shown,
  shown,
  wrt,
  hand,
  others: [sympy, computeEngine].flatMap((forms) => formsOf(forms, `${shown} by ${wrt}`)),
});

/** By where they come from. */
export const questions: ReadonlyMap<string, readonly Question[]> = new Map(
  Object.entries({ ...textbook, ...losses, ...cookbook } as unknown as Readonly<Record<string, readonly Case[]>>).map(
    ([kind, cases]) => [kind, cases.map(asked)],
  ),
);
