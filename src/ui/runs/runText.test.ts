import { expect, it } from 'vitest'
import type { RunFacts } from '../../state/runs/runFacts'
import type { Translate } from '../hooks/useT'
import { settingTexts } from './runText'

const t = Object.assign((key: string) => key, {
  has: () => false,
  model: (text: string) => text,
}) as unknown as Translate

it.each([
  [true, undefined, ['mirror']],
  [false, false, []],
  [false, undefined, []],
  [false, true, ['mirror: runs.off']],
  [12, 7, ['mirror: 12']],
])('a setting of %j, %j by default, reads %j', (value, usual, texts) => {
  const field = { name: 'mirror', title: 'mirror', role: null, label: null, default: usual, choices: null }
  const settings = [{ name: 'mirror', field, value }]
  expect(settingTexts({ settings } as unknown as RunFacts, t)).toEqual(texts)
})
