import type { ArrayKernel, ArrayOperator } from '../operators/array.ts';
import type { Operator } from '../operators/operator.ts';

/**
 * A function of numbers in a program. A target knows it by its name, or runs its kernel, or prints its body
 * (`bodies.ts`), which is in functions that every target knows.
 */
export type Intrinsic = Pick<Operator, 'name' | 'arity' | 'kernel' | 'program' | 'definition'>;

/** A function of whole arrays in a program. */
export type Routine = Pick<ArrayOperator, 'name' | 'parameters'> & { readonly kernel: ArrayKernel };

/** The name without what tells functions of one name apart: series of the one in series[1](0.5,0.25), sinc of its derivatives. */
export const shortName = (name: string): string => /^[^[(]*/.exec(name)![0].replace(/-derived-\d+$/, '');
