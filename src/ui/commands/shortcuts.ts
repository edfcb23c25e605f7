import { useEffect } from 'react'
import type { Command } from './command'
import { COMMANDS } from './commandRegistry'
import { takeEarlyKeys } from './earlyKeys'
import { mayTake, watchClicks } from './focus'
import { keyNames } from './keyName'
import { useApp } from '../hooks/useApp'

/** @returns the commands of each key; two on one key belong to different views */
export function commandsByKey(commands: readonly Command[]): ReadonlyMap<string, readonly Command[]> {
  const byKey = new Map<string, Command[]>()
  for (const command of commands) {
    for (const key of command.keys) byKey.set(key, [...(byKey.get(key) ?? []), command])
  }
  return byKey
}

const BY_KEY = commandsByKey(COMMANDS)

/** Binds the keys of all commands to the page. */
export function Shortcuts(): null {
  const app = useApp()
  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    const held = new Map<string, Command>()
    watchClicks(signal)
    const press = (event: KeyboardEvent, isEarly = false) => {
      // What has the focus may have used the key: a menu closes by Escape.
      if (event.defaultPrevented || event.isComposing) return
      const name = keyNames(event).find((one) => BY_KEY.has(one))
      const {
        view: { view },
        documents,
      } = app.state.read()
      // A picture that another tab has is only shown here.
      if (documents.isElsewhere) return
      const command = name && BY_KEY.get(name)?.find((one) => one.views?.includes(view) ?? true)
      if (!command || !mayTake(command.when, event)) return
      if (command.enabled?.(app) === false) return
      // It was let go of meanwhile, or the browser has done what it does for it.
      if (isEarly && (command.release || event.ctrlKey || event.metaKey)) return
      if (!command.keepsDefault) event.preventDefault()
      if (command.release) {
        if (event.repeat) return
        held.set(event.code, command)
      }
      command.run(app)
    }
    const release = (code: string) => {
      const command = held.get(code)
      held.delete(code)
      command?.release?.(app)
      return command !== undefined
    }
    for (const event of takeEarlyKeys()) press(event, true)
    addEventListener('keydown', (event) => press(event), { signal })
    addEventListener(
      'keyup',
      (event) => {
        // Firefox presses a button when Space is let go.
        if (release(event.code)) event.preventDefault()
      },
      { signal },
    )
    addEventListener('blur', () => [...held.keys()].forEach(release), { signal })
    return () => abort.abort()
  }, [app])
  return null
}
