import type { Locale } from '../core/localizedText'
import type { Messages } from './catalogue'
import type { en } from './messages.en'

export type MessageKey = keyof typeof en

export type MessageParams = Readonly<Record<string, string | number>>

/** The text of `key` with its `{placeholders}` filled in; one without a value stays as it is. */
export function translate(messages: Messages, key: MessageKey, params: MessageParams = {}): string {
  return messages[key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  )
}

export function isMessageKey(messages: Messages, key: string): key is MessageKey {
  return Object.hasOwn(messages, key)
}

/** One language's texts, as a chunk of their own. */
export interface Catalogue {
  readonly locale: Locale
  readonly messages: Messages
}

const LOADERS: Readonly<Record<Locale, () => Promise<Messages>>> = {
  en: async () => (await import('./messages.en')).en,
  zh: async () => (await import('./messages.zh')).zh,
}

/**
 * Fetches a language.
 * @throws where its chunk cannot be loaded; the next call tries again
 */
export async function loadCatalogue(locale: Locale): Promise<Catalogue> {
  return { locale, messages: await LOADERS[locale]() }
}
