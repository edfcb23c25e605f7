/** Colour of guide lines: neither the mask's red nor the sampling area's blue. */
export const GUIDE_COLOR = '#ffd60a'
