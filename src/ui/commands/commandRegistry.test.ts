import { expect, it, vi } from 'vitest'
import { laterEn } from '../../i18n/laterMessages.en'
import { laterZh } from '../../i18n/laterMessages.zh'
import { en } from '../../i18n/messages.en'
import { zh } from '../../i18n/messages.zh'
import type { Command } from './command'

// The stores read it while they load, the keys for $mod.
vi.stubGlobal('navigator', { platform: 'Linux', language: 'en', hardwareConcurrency: 2 })
const { COMMANDS } = await import('./commandRegistry')
const { keyProps, shownKeys } = await import('./command')
const { commandsByKey } = await import('./shortcuts')
const { keyNames } = await import('./keyName')
const commands: readonly Command[] = COMMANDS
const english = { ...en, ...laterEn }
const chinese = { ...zh, ...laterZh }

it('no two commands share a key in one view', () => {
  for (const [key, sharing] of commandsByKey(commands)) {
    for (const view of ['edit', 'compare', 'history'] as const) {
      const taking = sharing.filter((command) => command.views?.includes(view) ?? true)
      expect([key, view, taking.map(({ id }) => id).slice(1)]).toEqual([key, view, []])
    }
  }
})

it('every command has an id of its own, keys, and a name in both languages', () => {
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length)
  for (const { keys, name } of commands) {
    expect(keys.length).toBeGreaterThan(0)
    const names = typeof name === 'string' ? { en: english[name], zh: chinese[name] } : name
    expect(names.en).toMatch(/\S/)
    expect(names.zh).toMatch(/\S/)
  }
})

/** Keys of a US keyboard that do not tell their code. */
const CODES: Readonly<Record<string, readonly [code: string, key: string, shift?: boolean]>> = {
  '[': ['BracketLeft', '['],
  ']': ['BracketRight', ']'],
  '\\': ['Backslash', '\\'],
  '←': ['ArrowLeft', 'ArrowLeft'],
  '→': ['ArrowRight', 'ArrowRight'],
  '?': ['Slash', '?', true],
  '/': ['Slash', '/'],
  '+': ['Equal', '+', true],
  '=': ['Equal', '='],
  '-': ['Minus', '-'],
  Esc: ['Escape', 'Escape'],
  Space: ['Space', ' '],
}

/** @returns the names of a shown key, pressed on a US keyboard */
function pressed(parts: readonly string[]): readonly string[] {
  const last = parts.at(-1)!
  const [code, key, shift = false] =
    CODES[last] ??
    (/^[A-Z]$/.test(last)
      ? [`Key${last}`, last.toLowerCase()]
      : /^\d$/.test(last)
        ? [`Digit${last}`, last]
        : [last, last])
  const held = new Set(parts.slice(0, -1))
  return keyNames({
    code,
    key,
    ctrlKey: held.has('Ctrl'),
    metaKey: false,
    altKey: false,
    shiftKey: shift || held.has('Shift'),
    getModifierState: () => false,
  })
}

it('pressing what is shown runs the command', () => {
  for (const command of commands) {
    for (const [k, parts] of shownKeys(command).entries()) {
      expect([command.id, pressed(parts)]).toEqual([command.id, expect.arrayContaining([command.keys[k]])])
    }
  }
})

it('keys read as keyboards label them, and as aria-keyshortcuts wants them', () => {
  const propsOf = (id: string) => keyProps(commands.find((command) => command.id === id)!)
  expect(propsOf('edit.redo')).toEqual({
    keys: 'Ctrl+Shift+Z',
    'aria-keyshortcuts': 'Control+Shift+Z Control+Y',
  })
  expect(propsOf('tool.brush').keys).toBe('B')
  expect(propsOf('app.shortcuts').keys).toBe('?')
  expect(propsOf('view.zoomIn')).toEqual({
    keys: 'Ctrl++',
    'aria-keyshortcuts': 'Control+Plus Control+=',
  })
})
