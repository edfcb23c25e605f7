import { expect, it } from 'vitest'
import { ERROR_CODES } from '../core/errors'
import { LOCALES, type Locale } from '../core/localizedText'
import type { AllMessages } from './catalogue'
import { laterEn } from './laterMessages.en'
import { laterZh } from './laterMessages.zh'
import { en } from './messages.en'
import { zh } from './messages.zh'
import { type Catalogue, hasPart, loadCatalogue, type MessageKey, translate } from './translate'

const english = { ...en, ...laterEn }

const keys = Object.keys(english) as MessageKey[]

const WHOLE: Readonly<Record<Locale, AllMessages>> = { en: english, zh: { ...zh, ...laterZh } }

it.each(LOCALES)('%s has every text, none of them blank', (locale) => {
  const messages = WHOLE[locale]
  expect(Object.keys(messages).toSorted()).toEqual(keys.toSorted())
  for (const key of keys) expect(messages[key].trim()).not.toBe('')
})

it('every error code has a message', () => {
  for (const code of ERROR_CODES) expect(keys).toContain(`error.${code}`)
})

it.each(LOCALES)('%s uses the same placeholders as English', (locale) => {
  const messages = WHOLE[locale]
  const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).toSorted()
  for (const key of keys)
    expect([key, placeholders(messages[key])]).toEqual([key, placeholders(english[key])])
})

it('fills placeholders in, and leaves alone what has no value', () => {
  expect(translate(laterEn, 'compare.output', { number: 2 })).toBe('Output 2')
  expect(translate(laterZh, 'compare.output')).toBe('结果 {number}')
})

it.each(LOCALES)(
  'loads %s by its locale, the start page’s texts first, errors and dialogs last',
  async (locale) => {
    const parts: Catalogue[] = []
    expect(await loadCatalogue(locale, 'whole', (part) => parts.push(part))).toEqual(parts[2])
    expect(parts.map(({ part }) => part)).toEqual(['start', 'painting', 'whole'])
    const [start, painting, whole] = parts
    expect(whole.messages).toEqual(WHOLE[locale])
    for (const { messages } of parts) expect(WHOLE[locale]).toMatchObject(messages)
    expect(await loadCatalogue(locale, 'painting')).toEqual(painting)
    expect(hasPart(painting, 'painting')).toBe(true)
    expect(hasPart(painting, 'whole')).toBe(false)
    expect(hasPart(null, 'start')).toBe(false)
    expect(translate(start.messages, 'open.title')).not.toBe('')
    expect(translate(start.messages, 'canvas.label')).toBe('')
    expect(translate(painting.messages, 'share.title')).toBe('')
  },
)

it.each(LOCALES)('no text of %s comes twice', (locale) => {
  const [first, later] = locale === 'en' ? [en, laterEn] : [zh, laterZh]
  expect(Object.keys(later).filter((key) => Object.hasOwn(first, key))).toEqual([])
})
