import { matchKeyBindingPress, parseKeybinding } from 'tinykeys'
import { expect, it, vi } from 'vitest'
import { en } from '../../i18n/messages.en'
import { zh } from '../../i18n/messages.zh'
import { type Command, keyProps, shownKeys } from './command'

// The stores read it while they load, tinykeys for $mod.
vi.stubGlobal('navigator', { platform: 'Linux', language: 'en', hardwareConcurrency: 2 })
const { COMMANDS } = await import('./commandRegistry')
const { commandsByKey } = await import('./shortcuts')
const commands: readonly Command[] = COMMANDS

it('no two commands share a key in one view', () => {
  for (const [key, sharing] of commandsByKey(commands)) {
    for (const view of ['edit', 'compare'] as const) {
      const taking = sharing.filter((command) => (command.view ?? view) === view)
      expect([key, view, taking.map(({ id }) => id).slice(1)]).toEqual([key, view, []])
    }
  }
})

it('every command has an id of its own, keys, and a name in both languages', () => {
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length)
  for (const { keys, name } of commands) {
    expect(keys.length).toBeGreaterThan(0)
    const names = typeof name === 'string' ? { en: en[name], zh: zh[name] } : name
    expect(names.en).toMatch(/\S/)
    expect(names.zh).toMatch(/\S/)
  }
})

/** @returns the event of pressing a shown key on a US keyboard */
function pressed(parts: readonly string[]): KeyboardEvent {
  const keys: Record<string, [code: string, key: string]> = {
    '[': ['BracketLeft', '['],
    ']': ['BracketRight', ']'],
    '\\': ['Backslash', '\\'],
    '←': ['ArrowLeft', 'ArrowLeft'],
    '→': ['ArrowRight', 'ArrowRight'],
    '?': ['Slash', '?'],
    Esc: ['Escape', 'Escape'],
    Space: ['Space', ' '],
  }
  const last = parts.at(-1)!
  const [code, key] =
    keys[last] ??
    (/^[A-Z]$/.test(last)
      ? [`Key${last}`, last.toLowerCase()]
      : /^\d$/.test(last)
        ? [`Digit${last}`, last]
        : [last, last])
  const held = new Set(parts.slice(0, -1).map((part) => (part === 'Ctrl' ? 'Control' : part)))
  if (last === '?') held.add('Shift')
  return { code, key, getModifierState: (name: string) => held.has(name) } as KeyboardEvent
}

it('pressing what is shown runs the command', () => {
  for (const command of commands) {
    for (const parts of shownKeys(command)) {
      const event = pressed(parts)
      const bound = command.keys.some((key) => matchKeyBindingPress(event, parseKeybinding(key)[0]))
      expect([command.id, parts.join('+'), bound]).toEqual([command.id, parts.join('+'), true])
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
})
