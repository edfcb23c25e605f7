/** Of the sampling area: far from red, which the mask is to begin with, also for those who see little red. */
export const SAMPLING_COLOR = '#00b4d8'
