import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { backendDescriptor } from '../backends/backendRegistry'
import { isObject, ownProperty } from '../core/json'
import { tokenVault } from '../platform/tokenVault'
import { tokenOrigin } from './backendSettings'
import { loadModel } from './modelLoader'
import { useRuns } from './runsStore'
import { useSettings } from './settingsStore'

/** A backend that is kept under a name; its key is kept elsewhere, by origin. */
export interface SavedBackend {
  readonly name: string
  readonly backendId: string
  readonly url: string
}

const KEYS = ['name', 'backendId', 'url'] as const

export const useSavedBackends = create<{ readonly saved: readonly SavedBackend[] }>()(
  persist((): { readonly saved: readonly SavedBackend[] } => ({ saved: [] }), {
    name: 'pentimento.backends',
    version: 1,
    merge: (stored, current) => ({ ...current, saved: readSaved(ownProperty(stored, 'saved')) }),
  }),
)

function readSaved(value: unknown): SavedBackend[] {
  const list: unknown[] = Array.isArray(value) ? value : []
  return list.flatMap((item) => {
    if (!isObject(item) || !KEYS.every((key) => typeof item[key] === 'string')) return []
    const { name, backendId, url } = item as Record<(typeof KEYS)[number], string>
    return [{ name, backendId, url }]
  })
}

const MOST_NAME = 60

/** Keeps the chosen backend under a name; one of that name, or at that address, is replaced. */
export function keepBackend(name: string): void {
  const { backendId, backendUrl: url } = useSettings.getState()
  const kept: SavedBackend = { name: name.trim().slice(0, MOST_NAME) || hostOf(url), backendId, url }
  useSavedBackends.setState(({ saved }) => ({
    saved: [...saved.filter((other) => other.url !== url && other.name !== kept.name), kept],
  }))
}

export function chooseSaved({ backendId, url }: SavedBackend): void {
  useSettings.getState().set({ backendId, backendUrl: url, modelVersion: '' })
  // A backend with one model: the form becomes its own.
  if (backendDescriptor(backendId).models === 'own')
    void loadModel('', AbortSignal.timeout(20_000)).catch(() => {})
}

/** The addresses that runs are being followed at. */
function activeUrls(): string[] {
  return useRuns
    .getState()
    .runs.flatMap(({ stage, record }) =>
      stage !== 'done' && record.backend.url !== null ? [record.backend.url] : [],
    )
}

/** Takes it out of the list; its key goes with it unless that origin is still in use. */
export function dropSaved(dropped: SavedBackend): void {
  useSavedBackends.setState(({ saved }) => ({ saved: saved.filter((other) => other !== dropped) }))
  const origin = tokenOrigin(dropped.url)
  const { saved } = useSavedBackends.getState()
  const { backendUrl } = useSettings.getState()
  const inUse = [backendUrl, ...saved.map(({ url }) => url), ...activeUrls()]
  if (origin !== null && !inUse.some((url) => tokenOrigin(url) === origin))
    tokenVault().forgetCredentials(origin)
}

/** The kept one that the settings name; null where they name none of them. */
export function currentSaved(saved: readonly SavedBackend[]): SavedBackend | null {
  const { backendId, backendUrl } = useSettings.getState()
  if (!backendDescriptor(backendId).needsUrl) return null
  return saved.find((one) => one.url === backendUrl && one.backendId === backendId) ?? null
}

/** What an address is called until somebody names it. */
export function hostOf(url: string): string {
  const origin = tokenOrigin(url)
  return origin === null ? url : new URL(origin).host
}
