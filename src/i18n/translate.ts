import type { Locale } from '../core/localizedText'
import type { Messages } from './catalogue'
import { en } from './messages.en'
import { zh } from './messages.zh'

export type MessageKey = keyof typeof en

const CATALOGUES: Readonly<Record<Locale, Messages>> = { en, zh }

export type MessageParams = Readonly<Record<string, string | number>>

/** The text of `key` with its `{placeholders}` filled in; one that has no value stays as it is. */
export function translate(locale: Locale, key: MessageKey, params: MessageParams = {}): string {
  return CATALOGUES[locale][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  )
}

export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key)
}
