import { expect, it } from 'vitest'
import { LOCALES } from '../core/localizedText'
import { TOOLS } from './toolRegistry'

/** What stands beside a tool's settings in one line or two, characters. */
const MAX_HELP_CHARS = 100

it('each tool has a name and a key of its own', () => {
  expect(new Set(TOOLS.map(({ shortcut }) => shortcut)).size).toBe(TOOLS.length)
  for (const locale of LOCALES) expect(new Set(TOOLS.map(({ name }) => name[locale])).size).toBe(TOOLS.length)
})

it.each(LOCALES)('each tool says in a line of %s how it is used', (locale) => {
  for (const { id, help } of TOOLS) {
    expect([id, help[locale].length <= MAX_HELP_CHARS]).toEqual([id, true])
    expect(help[locale]).toMatch(/[.。]$/)
  }
})
