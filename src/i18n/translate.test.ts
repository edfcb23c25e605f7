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

/** What readers stumbled over; the right words stand beside. */
const RETIRED: Readonly<Record<Locale, readonly string[]>> = {
  en: [
    'Where predictions are made', // Where to run
    'Use as input', // Apply
    'This is no JSON', // Not valid JSON.
    'There was no picture', // No picture found.
    'amount squared', // smaller than 8 x 8 px
    'a little of the ground', // includes some background
    'More rounds', // Better takes longer.
    'What the fields mean', // Match fields
    '} %', // {count}%
    'Canceled', // Cancelled, as colour and grey
    'Kept results', // Applied results
  ],
  zh: [
    '0 百万像素', // 5000 万像素
    '在哪里进行预测', // 运行位置
    '闪现', // 闪烁对比
    '用作输入', // 应用到图片
    '忘记令牌', // 删除令牌
    '自己的模型', // 我的模型
    '调度器', // 采样器
    '您', // 你
    '应答', // 响应
    '此设备', // 本机
    '本页面', // 本页
    '历史状态', // 编辑步骤: beside 记录 it was taken for the same
  ],
}

it.each(LOCALES)('%s says nothing that readers stumbled over', (locale) => {
  const texts = Object.values(WHOLE[locale])
  expect(RETIRED[locale].filter((words) => texts.some((text) => text.includes(words)))).toEqual([])
})
