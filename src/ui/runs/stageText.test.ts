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

it('a run that ended with a blank picture says so', () => {
  const end = (status: string, outputs: object[], blank?: number[]) =>
    endText({ outputs, record: { status, ...(blank ? { blank } : {}) } } as unknown as Run, t)
  expect(end('succeeded', [{ kind: 'ready', place: 0, blank: false }])).toBe('status.succeeded')
  expect(
    end('succeeded', [
      { kind: 'ready', place: 0, blank: false },
      { kind: 'ready', place: 1, blank: true },
    ]),
  ).toBe('output.blank')
  expect(end('succeeded', [], [0])).toBe('output.blank')
  expect(end('failed', [])).toBe('status.failed')
})
