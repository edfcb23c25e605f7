import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cogVersion, readHealth } from './cogWire'

it('health and index are read from anything', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      expect(readHealth(body).status).toBe('UNHEALTHY')
      expect(cogVersion(body)).toBeNull()
    }),
  )
  expect(readHealth({ status: 'READY', setup: { logs: 'ok' } })).toEqual({ status: 'READY', logs: 'ok' })
  expect(cogVersion({ cog_version: '0.22.0', predictions_url: '/predictions' })).toBe('0.22.0')
})
