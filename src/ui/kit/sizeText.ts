/** A number as the reader's system writes it. */
export function numberText(value: number): string {
  return new Intl.NumberFormat().format(value)
}

const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/**
 * A size in the largest unit that it fills, of 1000 each, with at most one decimal.
 * @param locale unless given, the reader's own
 */
export function sizeText(bytes: number, locale?: string): string {
  let place = 0
  let value = bytes / 1000
  while (value >= 999.5 && place < UNITS.length - 1) {
    value /= 1000
    place++
  }
  const maximumFractionDigits = place > 0 && value < 9.95 ? 1 : 0
  const style = { style: 'unit', unitDisplay: 'short', maximumFractionDigits } as const
  return new Intl.NumberFormat(locale, { ...style, unit: UNITS[place] }).format(value)
}
