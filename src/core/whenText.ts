/**
 * When something was, as short as it can be: the time today, else the day. The reader's system tells how, where it speaks
 * the page's language: English has several forms.
 * @param language of the page, as a language tag
 * @param system what the reader's system is set to
 */
export function whenText(
  at: Date,
  language: string,
  now = new Date(),
  system = Intl.DateTimeFormat().resolvedOptions().locale,
): string {
  const locale = new Intl.Locale(system).language === new Intl.Locale(language).language ? system : language
  if (at.toDateString() === now.toDateString()) {
    return new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at)
  }
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...year }).format(at)
}
