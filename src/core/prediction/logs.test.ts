import { expect, it } from 'vitest'
import { leastCpu } from '../cpuTime.testkit'
import { foldedLog, lastWords, progressOfLogs, safetyWords, seedsOfLogs, storedLog } from './logs'

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

/** 8 MB of near misses. */
const NEAR_MISSES = ' 24%|' + '█'.repeat(4_000_000) + '\n' + ' 24%|'.repeat(800_000)

/** Reads each of its characters once. */
function linesOf(logs: string): number {
  let lines = 0
  for (let k = 0; k < logs.length; k++) if (logs.charCodeAt(k) === 10) lines++
  return lines
}

/** What goes back over a line again and again takes thousands of times as long as reading it once. */
const MAX_TIMES = 100

it('no log stalls it: 8 MB of near misses are read like any other', () => {
  const once = leastCpu(() => linesOf(NEAR_MISSES))
  const seeds = 'using seed: '.repeat(500_000)
  expect(progressOfLogs(NEAR_MISSES)).toBeNull()
  expect(leastCpu(() => progressOfLogs(NEAR_MISSES))).toBeLessThan(MAX_TIMES * once)
  expect(leastCpu(() => seedsOfLogs(seeds))).toBeLessThan(MAX_TIMES * once)
})

const SD_LOG = [
  'Using seed: 8812',
  'Potential NSFW content was detected in one or more images. A black image will be returned instead. Try again with a different prompt and/or seed.',
].join('\n')

it('folds the updates of a progress bar to the newest', () => {
  const bar = (title: string, steps: number[], total: number) =>
    steps.map(
      (step) => `${title} ${Math.round((step / total) * 100)}%|##   | ${step}/${total} [00:01<00:02, 9it/s]`,
    )
  const log = [
    'Using seed: 1',
    ...bar('', [0, 5, 10, 20], 20),
    'refining',
    ...bar('', [1, 2], 5),
    ...bar('saving:', [1], 2),
    'done',
  ]
  expect(foldedLog(log.join('\r')).map(({ text, folded }) => [text.trim().slice(0, 8), folded])).toEqual([
    ['Using se', 0],
    ['100%|## ', 3],
    ['refining', 0],
    ['40%|##  ', 1],
    ['saving: ', 0],
    ['done', 0],
  ])
  expect(foldedLog('')).toEqual([])
})

it('says what the log says of a safety check, and nothing where that was off or found nothing', () => {
  expect(safetyWords(SD_LOG)).toMatch(/^Potential NSFW content was detected/)
  expect(safetyWords('NSFW content detected in image 1\nsaved')).toBe('NSFW content detected in image 1')
  for (const harmless of [
    '',
    'Using seed: 1',
    'Safety checker disabled',
    'Loading safety checker',
    'safety_checker passed',
    'NSFW: not detected',
  ])
    expect(safetyWords(harmless)).toBe('')
})

it('ends with the last lines, and what was said of safety before them', () => {
  const log = `${SD_LOG}\n${Array.from({ length: 9 }, (_, line) => `line ${line}`).join('\n')}`
  expect(lastWords(log).split('\n')).toEqual([
    expect.stringContaining('NSFW'),
    'line 4',
    'line 5',
    'line 6',
    'line 7',
    'line 8',
  ])
  expect(lastWords(SD_LOG)).toBe(SD_LOG)
})

it('is stored only if it is small once folded', () => {
  const bars = Array.from({ length: 20_000 }, (_, step) => `1%|# | ${step}/20000 [00:01<00:02]`).join('\r')
  expect(bars.length).toBeGreaterThan(64 * 1024)
  expect(storedLog(`start\n${bars}\nend`)).toMatch(/^start\n1%\|# \| 19999\/20000 .*\nend$/)
  expect(storedLog('word\n'.repeat(20_000))).toBeNull()
  expect(storedLog('\n')).toBeNull()
})

it('no log stalls the folding: 8 MB of near misses are folded like any other', () => {
  const once = leastCpu(() => linesOf(NEAR_MISSES))
  expect(leastCpu(() => foldedLog(NEAR_MISSES))).toBeLessThan(MAX_TIMES * once)
  expect(leastCpu(() => safetyWords(NEAR_MISSES))).toBeLessThan(MAX_TIMES * once)
})
