/**
 * A text of the user's as one line of a comment: what ends lines, hides or turns text round in one of the languages is a
 * space. What else a language reads within its comments, its own printer sees to.
 */
export const plainLine = (text: string): string => text.replace(/[\p{C}\s]+/gu, ' ').trim();
