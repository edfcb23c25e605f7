import { useEffect } from 'react'
import { tinykeys } from 'tinykeys'
import type { Command } from './command'
import { COMMANDS } from './commandRegistry'
import { mayTake } from './focus'
import { useApp } from '../hooks/useApp'

/** @returns the commands of each key; two on one key belong to different views */
export function commandsByKey(commands: readonly Command[]): ReadonlyMap<string, readonly Command[]> {
  const byKey = new Map<string, Command[]>()
  for (const command of commands) {
    for (const key of command.keys) byKey.set(key, [...(byKey.get(key) ?? []), command])
  }
  return byKey
}

/** Binds the keys of all commands to the page. */
export function Shortcuts(): null {
  const app = useApp()
  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    const held = new Map<string, Command>()
    const press = (commands: readonly Command[]) => (event: KeyboardEvent) => {
      const { view } = app.state.read().view
      const command = commands.find((one) => (one.view ?? view) === view)
      if (!command || event.isComposing || !mayTake(command.when, event.target)) return
      if (command.enabled?.(app) === false) return
      if (!command.keepsDefault) event.preventDefault()
      if (command.release) {
        if (event.repeat) return
        held.set(event.code, command)
      }
      command.run(app)
    }
    const release = (code: string) => {
      held.get(code)?.release?.(app)
      held.delete(code)
    }
    const unbind = tinykeys(
      window,
      Object.fromEntries(Array.from(commandsByKey(COMMANDS), ([key, commands]) => [key, press(commands)])),
    )
    addEventListener('keyup', ({ code }) => release(code), { signal })
    addEventListener('blur', () => [...held.keys()].forEach(release), { signal })
    return () => {
      unbind()
      abort.abort()
    }
  }, [app])
  return null
}
