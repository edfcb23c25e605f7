import type { Locale } from '../core/localizedText'
import type { AllMessages, MessageKey } from './catalogue'

export type { MessageKey }

export type MessageParams = Readonly<Record<string, string | number>>

type SomeMessages = Readonly<Partial<AllMessages>>

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

/** How much of a language is there: the start page's texts, those up to the first stroke, or all. */
export type CataloguePart = 'start' | 'painting' | 'whole'

const PARTS: readonly CataloguePart[] = ['start', 'painting', 'whole']

/** One language's texts, as far as they are there. */
export interface Catalogue {
  readonly locale: Locale
  readonly messages: SomeMessages
  /** What models' schemas say, by their own words. */
  readonly modelTexts: Readonly<Record<string, string>>
  readonly part: CataloguePart
}

/** @returns whether the catalogue has the texts of a part */
export function hasPart(catalogue: Catalogue | null, part: CataloguePart): boolean {
  return catalogue !== null && PARTS.indexOf(catalogue.part) >= PARTS.indexOf(part)
}

type Texts = Partial<Pick<Catalogue, 'messages' | 'modelTexts'>>

const LOADERS: Readonly<Record<Locale, Readonly<Record<CataloguePart, () => Promise<Texts>>>>> = {
  en: {
    start: async () => ({ messages: (await import('./startMessages.en')).startEn }),
    painting: async () => ({ messages: (await import('./messages.en')).en }),
    whole: async () => ({
      messages: (await import('./laterMessages.en')).laterEn,
      modelTexts: (await import('./modelTexts.en')).modelTextsEn,
    }),
  },
  zh: {
    start: async () => ({ messages: (await import('./startMessages.zh')).startZh }),
    painting: async () => ({ messages: (await import('./messages.zh')).zh }),
    whole: async () => ({
      messages: (await import('./laterMessages.zh')).laterZh,
      modelTexts: (await import('./modelTexts.zh')).modelTextsZh,
    }),
  },
}

/**
 * Fetches a language.
 * @param upTo the last part that is fetched; those before it come too
 * @param onPart hears of each part as it comes
 * @throws where a chunk cannot be loaded; the next call tries again
 */
export async function loadCatalogue(
  locale: Locale,
  upTo: CataloguePart,
  onPart?: (catalogue: Catalogue) => void,
): Promise<Catalogue> {
  let catalogue: Catalogue = { locale, messages: {}, modelTexts: {}, part: 'start' }
  for (const part of PARTS.slice(0, PARTS.indexOf(upTo) + 1)) {
    const { messages, modelTexts = catalogue.modelTexts } = await LOADERS[locale][part]()
    catalogue = { locale, messages: { ...catalogue.messages, ...messages }, modelTexts, part }
    onPart?.(catalogue)
  }
  return catalogue
}
