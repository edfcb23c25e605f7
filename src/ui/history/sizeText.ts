/** A number as the reader's system writes it. */
export function numberText(value: number): string {
  return new Intl.NumberFormat().format(value)
}
