import { createContext, use, useMemo } from 'react'
import type { LocalizedText } from '../../core/localizedText'
import {
  type Catalogue,
  isMessageKey,
  type MessageKey,
  type MessageParams,
  translate,
} from '../../i18n/translate'

export interface Translate {
  (key: MessageKey, params?: MessageParams): string
  /** @returns whether the catalogue has the key */
  readonly has: (key: string) => key is MessageKey
}

/** The texts on the page. App provides them, and draws nothing else before they are loaded. */
export const CatalogueContext = createContext<Catalogue | null>(null)

function useCatalogue(): Catalogue {
  const catalogue = use(CatalogueContext)
  if (!catalogue) throw new Error('No catalogue is loaded')
  return catalogue
}

/** The texts of the chosen language. */
export function useT(): Translate {
  const { messages } = useCatalogue()
  return useMemo(
    () =>
      Object.assign((key: MessageKey, params?: MessageParams) => translate(messages, key, params), {
        has: (key: string): key is MessageKey => isMessageKey(messages, key),
      }),
    [messages],
  )
}

export function useLocalized(): (text: LocalizedText) => string {
  const { locale } = useCatalogue()
  return (text) => text[locale]
}
