import { expect, it } from 'vitest'
import { AppError, type ErrorCode } from '../../core/errors'
import type { Outage } from '../../core/run/outage'
import { laterEn } from '../../i18n/laterMessages.en'
import { en } from '../../i18n/messages.en'
import type { Run } from '../../state/runs/runs'
import { translator } from '../hooks/useT'
import { outageText } from './outageText'

const t = translator({ locale: 'en', messages: { ...en, ...laterEn }, modelTexts: {}, part: 'whole' })
const said = (outage: Outage | null, now: number, everySeconds = 1) =>
  outageText({ outage } as Run, now, t, everySeconds)
const failing = (code: ErrorCode, params = {}): Outage => ({
  since: 1000,
  error: new AppError(code, { params }).data,
})

it('says nothing before 10 s, then for how long and why', () => {
  expect(said(null, 50_000)).toBeNull()
  expect(said(failing('backend/offline'), 10_999)).toBeNull()
  expect(said({ since: 1000, error: null }, 13_400)).toBe('No answer from the backend for 12 s, trying again')
  expect(said(failing('backend/offline'), 13_400)).toBe(
    'No answer from the backend for 12 s, trying again (this device is offline)',
  )
  expect(said(failing('backend/server-error', { status: 502 }), 13_400)).toContain('(status 502)')
  expect(said(failing('backend/cors'), 13_400)).toContain('CORS')
  expect(said(failing('backend/unauthorized'), 13_400)).toContain('API token')
  expect(said(failing('backend/not-json'), 13_400)).toContain('cannot be understood')
})

it('changes less often where it is spoken', () => {
  expect(said(failing('backend/offline'), 48_900, 10)).toContain('for 40 s')
})
