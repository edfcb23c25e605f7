/** Percents: the mask with as much around it as a model needs to continue what it sees. */
export const DEFAULT_CONTEXT = 50

/** Percents: the whole picture. */
export const MAX_CONTEXT = 100
