import { describe, expect, it } from 'vitest'
import { whenText } from './whenText'

describe('when a run was', () => {
  const now = new Date('2026-11-26T18:00:00')
  const tonight = new Date('2026-11-26T22:33:00')

  it('is told as the reader’s system tells the time', () => {
    expect(whenText(tonight, 'de-DE', now)).toBe('22:33')
    expect(whenText(tonight, 'en-GB', now)).toBe('22:33')
    expect(whenText(tonight, 'en-US', now)).toMatch(/^10:33\sPM$/)
    expect(whenText(tonight, undefined, now)).toBe(
      new Intl.DateTimeFormat(Intl.DateTimeFormat().resolvedOptions().locale, { timeStyle: 'short' }).format(
        tonight,
      ),
    )
  })

  it('is a day where it was not today, with its year where that was another', () => {
    expect(whenText(new Date('2026-11-25T22:33:00'), 'en-GB', now)).toBe('25 Nov')
    expect(whenText(new Date('2025-11-25T22:33:00'), 'en-GB', now)).toBe('25 Nov 2025')
  })
})
