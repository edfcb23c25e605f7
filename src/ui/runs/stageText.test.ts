import { expect, it } from 'vitest'
import type { Run } from '../../state/runs/runs'
import type { Translate } from '../hooks/useT'
import { stageText } from './stageText'

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
