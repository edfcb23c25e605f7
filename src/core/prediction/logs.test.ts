import { expect, it } from 'vitest'
import { progressOfLogs, seedsOfLogs } from './logs'

it.each([
  ['', null],
  ['loading', null],
  ['  0%|          | 0/50 [00:00<?, ?it/s]', 0],
  [
    'Using seed: 1\n  4%|▍         | 2/50 [00:00<00:02, 16.47it/s]\n 24%|██▍       | 12/50 [00:00<00:02, 16.47it/s]',
    0.24,
  ],
  ['100%|██████████| 50/50 [00:02<00:00, 17it/s]\n 20%|██ | 1/5 [00:00<?]', 0.2],
  ['10%|# | 5/50 [..]\r20%|## | 10/50 [..]', 0.2],
])('%j is at %d', (logs, progress) => {
  expect(progressOfLogs(logs)).toBe(progress)
})

it('reads the seeds', () => {
  expect(seedsOfLogs('Using seed: 42069\n...\nusing seed: 7\n')).toEqual([42069, 7])
})

it('no log stalls it: 8 MB of near misses in well under 50 ms', () => {
  const logs = ' 24%|' + '█'.repeat(4_000_000) + '\n' + ' 24%|'.repeat(800_000)
  const start = performance.now()
  expect(progressOfLogs(logs)).toBeNull()
  seedsOfLogs('using seed: '.repeat(500_000))
  expect(performance.now() - start).toBeLessThan(500)
})
