/** The fill engine of this device. */
export const fillEn = {
  'compare.best': 'best match',
} as const
