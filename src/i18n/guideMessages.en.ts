/** Guide lines, in English. */
export const guideEn = {
  'guide.lines': 'Guide lines',
  'guide.clear': 'Clear guide lines',
  'guide.unused': 'Only the fill on this device follows guide lines.',
  'guide.off': 'Lines that miss the mask, without effect: {count}',
}
