import type { Locale } from '../core/localizedText'
import type { Messages } from './catalogue'
import type { en } from './messages.en'

export type MessageKey = keyof typeof en

export type MessageParams = Readonly<Record<string, string | number>>

type SomeMessages = Readonly<Partial<Messages>>

/**
 * The text of `key` with its `{placeholders}` filled in; one without a value stays as it is.
 * @returns an empty text while the key's part of the catalogue is on its way
 */
export function translate(messages: SomeMessages, key: MessageKey, params: MessageParams = {}): string {
  return (messages[key] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  )
}

export function isMessageKey(messages: SomeMessages, key: string): key is MessageKey {
  return Object.hasOwn(messages, key)
}

/** One language's texts, or those of the start page. */
export interface Catalogue {
  readonly locale: Locale
  readonly messages: SomeMessages
  /** What models' schemas say, by their own words. */
  readonly modelTexts: Readonly<Record<string, string>>
  /** False while only the start page's texts are there. */
  readonly isWhole: boolean
}

type Texts = Pick<Catalogue, 'messages' | 'modelTexts'>

const LOADERS: Readonly<Record<Locale, Readonly<Record<'start' | 'whole', () => Promise<Texts>>>>> = {
  en: {
    start: async () => ({ messages: (await import('./startMessages.en')).startEn, modelTexts: {} }),
    whole: async () => ({
      messages: (await import('./messages.en')).en,
      modelTexts: (await import('./modelTexts.en')).modelTextsEn,
    }),
  },
  zh: {
    start: async () => ({ messages: (await import('./startMessages.zh')).startZh, modelTexts: {} }),
    whole: async () => ({
      messages: (await import('./messages.zh')).zh,
      modelTexts: (await import('./modelTexts.zh')).modelTextsZh,
    }),
  },
}

/**
 * Fetches a language.
 * @param part `start` for the start page's texts alone
 * @throws where its chunk cannot be loaded; the next call tries again
 */
export async function loadCatalogue(locale: Locale, part: 'start' | 'whole'): Promise<Catalogue> {
  return { locale, ...(await LOADERS[locale][part]()), isWhole: part === 'whole' }
}
