/** The languages, in menu order. Adding one makes the compiler list every text that lacks it. */
export const LANGUAGES = {
  en: { name: 'English', htmlLang: 'en' },
  zh: { name: '中文', htmlLang: 'zh-CN' },
} as const satisfies Readonly<Record<string, Language>>

interface Language {
  /** In its own words. */
  readonly name: string
  /** The page's `lang` attribute, a BCP 47 tag. */
  readonly htmlLang: string
}

export type Locale = keyof typeof LANGUAGES

export const LOCALES = Object.keys(LANGUAGES) as Locale[]

export type LocalizedText = Readonly<Record<Locale, string>>
