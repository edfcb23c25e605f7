import { expect, it } from 'vitest'
import { ERROR_CODES } from '../core/errors'
import { LOCALES, type Locale } from '../core/localizedText'
import type { Messages } from './catalogue'
import { en } from './messages.en'
import { zh } from './messages.zh'
import { loadCatalogue, type MessageKey, translate } from './translate'

const keys = Object.keys(en) as MessageKey[]

const WHOLE: Readonly<Record<Locale, Messages>> = { en, zh }

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
  for (const key of keys) expect([key, placeholders(messages[key])]).toEqual([key, placeholders(en[key])])
})

it('fills placeholders in, and leaves alone what has no value', () => {
  expect(translate(en, 'compare.output', { number: 2 })).toBe('Output 2')
  expect(translate(zh, 'compare.output')).toBe('结果 {number}')
})

it.each(LOCALES)('loads %s by its locale, the start page’s texts first', async (locale) => {
  expect(await loadCatalogue(locale, 'whole')).toMatchObject({
    locale,
    messages: WHOLE[locale],
    isWhole: true,
  })
  const { messages, isWhole } = await loadCatalogue(locale, 'start')
  expect(isWhole).toBe(false)
  expect(WHOLE[locale]).toMatchObject(messages)
  expect(translate(messages, 'open.title')).not.toBe('')
  expect(translate(messages, 'compare.output', { number: 1 })).toBe('')
})
