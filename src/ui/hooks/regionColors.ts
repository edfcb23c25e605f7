/** Colours of regions in their order, on the picture and in the list: apart from each other, on light and dark. */
const COLORS = ['#ffb000', '#19b5fe', '#7ed321', '#ff5ca8', '#b388ff', '#00c9a7', '#ff7f50', '#c0ca33']

export function regionColor(place: number): string {
  return COLORS[place % COLORS.length]
}
