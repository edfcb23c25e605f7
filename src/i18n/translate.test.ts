import { expect, it } from 'vitest'
import { ERROR_CODES } from '../core/errors'
import { LOCALES } from '../core/localizedText'
import { en } from './messages.en'
import { zh } from './messages.zh'
import { loadCatalogue, type MessageKey, translate } from './translate'

const keys = Object.keys(en) as MessageKey[]

it.each(LOCALES)('%s has every text, none of them blank', async (locale) => {
  const { messages } = await loadCatalogue(locale)
  expect(Object.keys(messages).toSorted()).toEqual(keys.toSorted())
  for (const key of keys) expect(messages[key].trim()).not.toBe('')
})

it('every error code has a message', () => {
  for (const code of ERROR_CODES) expect(keys).toContain(`error.${code}`)
})

it.each(LOCALES)('%s uses the same placeholders as English', async (locale) => {
  const { messages } = await loadCatalogue(locale)
  const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).toSorted()
  for (const key of keys) expect([key, placeholders(messages[key])]).toEqual([key, placeholders(en[key])])
})

it('fills placeholders in, and leaves alone what has no value', () => {
  expect(translate(en, 'compare.output', { number: 2 })).toBe('Output 2')
  expect(translate(zh, 'compare.output')).toBe('结果 {number}')
})

it('loads each language by its locale', async () => {
  expect(await loadCatalogue('en')).toEqual({ locale: 'en', messages: en })
  expect(await loadCatalogue('zh')).toEqual({ locale: 'zh', messages: zh })
})
