/**
 * Colours of regions in their order, on the picture and in the list. The first are apart from each other and from the
 * guide lines' yellow for colour-blind eyes too.
 */
const COLORS = ['#a96bff', '#00a693', '#e0761b', '#1d8fe0', '#6a9c12', '#e0449a', '#a67c52', '#7d8ba1']

/** @param place counts from 0; colours repeat after the eighth */
export function regionColor(place: number): string {
  return COLORS[place % COLORS.length]
}
