import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { LOCALES, type Locale } from '../core/localizedText'
import { MODELS } from '../core/models/modelRegistry'

export type Theme = 'dark' | 'light' | 'system'

export interface Settings {
  locale: Locale
  theme: Theme
  backendId: string
  /** As the user typed it; the token is kept elsewhere, by origin. */
  backendUrl: string
  modelId: string
  /** Asked for instead of the bundled schema's version; empty is that one. */
  modelVersion: string
  formOpen: boolean
  runsOpen: boolean
}

interface SettingsStore extends Settings {
  readonly set: (change: Partial<Settings>) => void
}

function browserLocale(): Locale {
  const wanted = navigator.language.slice(0, 2).toLowerCase()
  return LOCALES.find((locale) => locale === wanted) ?? 'en'
}

export const useSettings = create<SettingsStore>()(
  persist(
    (set) => ({
      locale: browserLocale(),
      theme: 'dark',
      backendId: 'embedded',
      backendUrl: '',
      modelId: MODELS[0].id,
      modelVersion: '',
      formOpen: true,
      runsOpen: true,
      set: (change) => set(change),
    }),
    {
      name: 'pentimento.settings',
      version: 1,
      partialize: ({ set: _set, ...settings }) => settings,
      merge: (stored, current) => ({ ...current, ...checked(stored) }),
    },
  ),
)

/** Stored settings, each kept only if it still makes sense. */
function checked(stored: unknown): Partial<Settings> {
  if (typeof stored !== 'object' || stored === null) return {}
  const from = stored as Record<string, unknown>
  const out: Partial<Settings> = {}
  if (LOCALES.some((locale) => locale === from['locale'])) out.locale = from['locale'] as Locale
  if (from['theme'] === 'dark' || from['theme'] === 'light' || from['theme'] === 'system')
    out.theme = from['theme']
  for (const key of ['backendId', 'backendUrl', 'modelId', 'modelVersion'] as const) {
    if (typeof from[key] === 'string') out[key] = from[key]
  }
  for (const key of ['formOpen', 'runsOpen'] as const) {
    if (typeof from[key] === 'boolean') out[key] = from[key]
  }
  return out
}
