import { expect, it } from 'vitest'
import type { Run } from '../../state/runs/runs'
import type { Translate } from '../hooks/useT'
import { endText, stageText } from './stageText'

const t = ((key: string) => key) as unknown as Translate
const run = (change: object, status: string) =>
  ({
    stage: 'following',
    rawStatus: null,
    waitsFor: null,
    progress: null,
    resendAt: null,
    ...change,
    record: { status },
  }) as unknown as Run

it.each([
  [{}, 'starting', 'stage.starting'],
  [{}, 'processing', 'stage.processing'],
  [{ progress: 0 }, 'processing', 'stage.processing'],
  [{ progress: 0.4 }, 'processing', 'stage.processing'],
  [{ waitsFor: 'turn' }, 'starting', 'stage.turn'],
  [{ waitsFor: 'model' }, 'starting', 'stage.model'],
  [{ rawStatus: 'warming-up' }, 'processing', 'stage.unknown'],
  [{ stage: 'waiting', resendAt: 2000 }, 'starting', 'stage.waiting'],
  [{ stage: 'done' }, 'succeeded', 'stage.ready'],
  [{ stage: 'fetching' }, 'succeeded', 'stage.fetching'],
])('a run of %j whose backend says %s reads %s', (change, status, text) => {
  expect(stageText(run(change, status), 0, t)).toBe(text)
})

it('a run that ended with a blank picture says so, and one whose log speaks of a safety check', () => {
  const end = (status: string, outputs: object[], more: { blank?: number[]; logs?: string } = {}) => {
    const { blank, logs = '' } = more
    return endText({ outputs, logs, record: { status, ...(blank ? { blank } : {}) } } as unknown as Run, t)
  }
  const whole = { kind: 'ready', place: 0, blank: false }
  const nsfw = 'NSFW content detected in image 1'
  expect(end('succeeded', [whole])).toBe('status.succeeded')
  expect(end('succeeded', [whole, { kind: 'ready', place: 1, blank: true }])).toBe('output.blank')
  expect(end('succeeded', [], { blank: [0] })).toBe('output.blank')
  expect(end('succeeded', [whole], { logs: nsfw })).toBe('status.safety')
  expect(end('succeeded', [whole], { logs: 'Safety checker disabled' })).toBe('status.succeeded')
  expect(end('failed', [], { logs: nsfw })).toBe('status.failed')
  expect(end('canceled', [])).toBe('status.canceled')
})
