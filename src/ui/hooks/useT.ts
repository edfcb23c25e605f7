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
  /** What a schema says: in the product's words where it has some. */
  readonly model: (text: string) => string
}

/** The loaded catalogue. App provides it and draws the page only once it is loaded. */
export const CatalogueContext = createContext<Catalogue | null>(null)

function useCatalogue(): Catalogue {
  const catalogue = use(CatalogueContext)
  if (!catalogue) throw new Error('No catalogue is loaded')
  return catalogue
}

/** Looks texts up in one language's catalogue. */
export function translator({ messages, modelTexts }: Catalogue): Translate {
  return Object.assign((key: MessageKey, params?: MessageParams) => translate(messages, key, params), {
    has: (key: string): key is MessageKey => isMessageKey(messages, key),
    model: (text: string) => (Object.hasOwn(modelTexts, text) ? modelTexts[text] : text),
  })
}

/** @returns the text of a key in the reader's language; stable until the language changes */
export function useT(): Translate {
  const catalogue = useCatalogue()
  return useMemo(() => translator(catalogue), [catalogue])
}

/** @returns the reader's language of a text that carries both */
export function useLocalized(): (text: LocalizedText) => string {
  const { locale } = useCatalogue()
  return (text) => text[locale]
}
