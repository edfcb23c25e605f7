import { expect, it } from 'vitest'
import { ERROR_CODES } from '../core/errors'
import { en } from './messages.en'
import { zh } from './messages.zh'
import { loadCatalogue, type MessageKey, translate } from './translate'

const keys = Object.keys(en) as MessageKey[]

it('both languages have every text, none of them blank', () => {
  expect(Object.keys(zh).toSorted()).toEqual(keys.toSorted())
  for (const key of keys) {
    expect(en[key].trim()).not.toBe('')
    expect(zh[key].trim()).not.toBe('')
  }
})

it('every error code has a message', () => {
  for (const code of ERROR_CODES) expect(keys).toContain(`error.${code}`)
})

it('both languages use the same placeholders', () => {
  const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).toSorted()
  for (const key of keys) expect([key, placeholders(zh[key])]).toEqual([key, placeholders(en[key])])
})

it('fills placeholders in, and leaves alone what has no value', () => {
  expect(translate(en, 'compare.output', { number: 2 })).toBe('Output 2')
  expect(translate(zh, 'compare.output')).toBe('结果 {number}')
})

it('loads each language by its locale', async () => {
  expect(await loadCatalogue('en')).toEqual({ locale: 'en', messages: en })
  expect(await loadCatalogue('zh')).toEqual({ locale: 'zh', messages: zh })
})
