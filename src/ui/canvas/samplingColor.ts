/** Colour of the sampling area: far from the mask's first red, also for those who see little red. */
export const SAMPLING_COLOR = '#00b4d8'
