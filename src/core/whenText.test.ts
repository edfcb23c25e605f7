import { describe, expect, it } from 'vitest'
import { whenText } from './whenText'

describe('when a run was', () => {
  const now = new Date('2026-11-26T18:00:00')
  const tonight = new Date('2026-11-26T22:33:00')

  it('is told as the reader’s system tells the time, in the page’s language', () => {
    expect(whenText(tonight, 'de', now, 'de-DE')).toBe('22:33')
    expect(whenText(tonight, 'en', now, 'en-GB')).toBe('22:33')
    expect(whenText(tonight, 'en', now, 'en-US')).toMatch(/^10:33\sPM$/)
    expect(whenText(tonight, 'zh-CN', now, 'zh-TW')).toMatch(/^(下午|晚上)10:33$/)
    expect(whenText(tonight, 'zh-CN', now, 'en-US')).toMatch(/^(下午|晚上)10:33$/)
    expect(whenText(tonight, 'en', now, 'zh-CN')).toBe('22:33')
    expect(whenText(tonight, 'en', now, 'de-DE')).toBe('22:33')
  })

  it('is a day where it was not today, with its year where that was another', () => {
    expect(whenText(new Date('2026-11-25T22:33:00'), 'en', now, 'en-GB')).toBe('25 Nov')
    expect(whenText(new Date('2025-11-25T22:33:00'), 'en', now, 'en-GB')).toBe('25 Nov 2025')
    expect(whenText(new Date('2026-11-25T22:33:00'), 'zh-CN', now, 'en-US')).toBe('11月25日')
  })
})
