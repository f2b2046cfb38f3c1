import type { Words } from '../derivation/words/index.ts';
import { type Shape, showShape } from '../graph/dimension.ts';
import { escapeHtml } from './katex.ts';

/** `2×m`, or the language's word for a scalar, as HTML. */
export const shapeText = (shape: Shape, words: Words): string => escapeHtml(shape.length === 0 ? words.scalar : showShape(shape));
