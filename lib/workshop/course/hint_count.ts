/** A step has so many hints: a question, where to look, what exactly to do. */
export const HINT_COUNT = 3;
