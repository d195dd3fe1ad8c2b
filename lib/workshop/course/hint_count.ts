/** The number of hints for a step: a question, where to look, and exactly what to do. */
export const HINT_COUNT = 3;
