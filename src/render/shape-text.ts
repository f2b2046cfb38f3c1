import type { Words } from '../derivation/words/index.ts';
import { type Shape, showShape } from '../graph/dimension.ts';

/** `2×m`, or the language's word for a scalar. */
export const shapeText = (shape: Shape, words: Words): string => (shape.length === 0 ? words.scalar : showShape(shape));
