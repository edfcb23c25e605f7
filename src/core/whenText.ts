/**
 * When something was, as short as it can be: the time today, else the day.
 * @param locale unless given, the reader's own: the system's, whatever the page's language is
 */
export function whenText(at: Date, locale?: string, now = new Date()): string {
  if (at.toDateString() === now.toDateString()) {
    return new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at)
  }
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...year }).format(at)
}
