/** The languages, in menu order. Adding one here makes the compiler list every text that lacks it. */
export const LOCALES = ['en', 'zh'] as const

export type Locale = (typeof LOCALES)[number]

export type LocalizedText = Readonly<Record<Locale, string>>
