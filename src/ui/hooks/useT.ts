import { useCallback } from 'react'
import type { LocalizedText } from '../../core/localizedText'
import { type MessageKey, type MessageParams, translate } from '../../i18n/translate'
import { useSettings } from '../../state/settingsStore'

export type Translate = (key: MessageKey, params?: MessageParams) => string

/** The texts of the chosen language. */
export function useT(): Translate {
  const locale = useSettings((state) => state.locale)
  return useCallback((key, params) => translate(locale, key, params), [locale])
}

export function useLocalized(): (text: LocalizedText) => string {
  const locale = useSettings((state) => state.locale)
  return useCallback((text) => text[locale], [locale])
}
