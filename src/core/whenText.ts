/** How a time is told: the time of a day, a day of this year, a day of another one. */
const FORMS = {
  time: { timeStyle: 'short' },
  day: { day: 'numeric', month: 'short' },
  dayOfYear: { day: 'numeric', month: 'short', year: 'numeric' },
} as const

/** By language and form: making one takes as long as drawing a row of a list. */
const formats = new Map<string, Intl.DateTimeFormat>()
let systemLocale: string | undefined

/**
 * When something was, as short as it can be: the time today, else the day. The reader's system tells how, where it speaks
 * the page's language: English has several forms. Whether hours go to 12 or 24 it tells in any language.
 * @param language of the page, as a language tag
 * @param system what the reader's system is set to
 */
export function whenText(
  at: Date,
  language: string,
  now = new Date(),
  system = (systemLocale ??= Intl.DateTimeFormat().resolvedOptions().locale),
): string {
  const isToday = at.toDateString() === now.toDateString()
  const form = isToday ? 'time' : at.getFullYear() === now.getFullYear() ? 'day' : 'dayOfYear'
  return formatOf(language, system, form).format(at)
}

function formatOf(language: string, system: string, form: keyof typeof FORMS): Intl.DateTimeFormat {
  const name = `${language} ${system} ${form}`
  const known = formats.get(name)
  if (known) return known
  const isSpoken = new Intl.Locale(system).language === new Intl.Locale(language).language
  const { hourCycle = 'h23' } = new Intl.DateTimeFormat(system, FORMS.time).resolvedOptions()
  const made = new Intl.DateTimeFormat(
    isSpoken ? system : new Intl.Locale(language, { hourCycle }),
    FORMS[form],
  )
  formats.set(name, made)
  return made
}
