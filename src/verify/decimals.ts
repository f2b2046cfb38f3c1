import { Decimal } from 'decimal.js';

/**
 * Numbers of many decimal digits: the class that mathjs calls BigNumber, without mathjs, which takes a hundred times as
 * long to load.
 */
export type BigNumber = Decimal;

/** A class of such numbers, which holds their precision. */
export type Decimals = Decimal.Constructor;

/** A class of its own for each precision asked for: nothing that is done in one changes another. */
export const decimals = (precision: number): Decimals => Decimal.clone({ precision, modulo: Decimal.EUCLID, defaults: true });
