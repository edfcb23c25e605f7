import * as v from 'valibot'
import type { StoreApi } from 'zustand/vanilla'
import { type Locale, LOCALES } from '../../core/localizedText'
import { MODELS } from '../../core/models/modelRegistry'
import type { Price } from '../../core/run/sweep'
import type { KeyValueStorage } from '../ports'
import { createPersisted } from './persisted'

const THEMES = ['dark', 'light', 'system'] as const

export type Theme = (typeof THEMES)[number]

/** What outlives a tab. A new tab starts with it; the open document has a backend and model of its own. */
export interface Settings {
  readonly locale: Locale
  readonly theme: Theme
  readonly backendId: string
  /** As the user typed it; the vault holds its token, by origin. */
  readonly backendUrl: string
  readonly modelId: string
  /** Asked for instead of the schema's version; empty is the schema's. */
  readonly modelVersion: string
  /** The model of the user's that runs on this device, by its content; empty where there is none. */
  readonly deviceModel: string
  readonly formOpen: boolean
  readonly runsOpen: boolean
  /** The fields that a form folds away are shown. */
  readonly moreOpen: boolean
  /** A mouse's wheel zooms; otherwise it pans, as two fingers on a trackpad do. */
  readonly wheelZooms: boolean
  /** Exported files say what made the picture. */
  readonly exportAbout: boolean
  /** What a run of a model costs, by model id, as the user says. */
  readonly prices: Readonly<Record<string, Price>>
}

export interface SettingsRoom {
  readonly store: StoreApi<Settings>
  set(change: Partial<Settings>): void
}

interface SettingsOptions {
  readonly storage: KeyValueStorage | null
  /** The browser's language, as a BCP 47 tag. */
  readonly language: string
  readonly onWriteError: (cause: unknown) => void
}

export function createSettings({ storage, language, onWriteError }: SettingsOptions): SettingsRoom {
  const store = createPersisted<Settings>({
    storage,
    name: 'pentimento.settings',
    version: 1,
    initial: {
      locale: LOCALES.find((locale) => locale === language.slice(0, 2).toLowerCase()) ?? 'en',
      theme: 'dark',
      backendId: 'embedded',
      backendUrl: '',
      modelId: MODELS[0].id,
      modelVersion: '',
      deviceModel: '',
      formOpen: true,
      runsOpen: true,
      moreOpen: false,
      wheelZooms: true,
      exportAbout: true,
      prices: {},
    },
    entries: {
      locale: v.picklist(LOCALES),
      theme: v.picklist(THEMES),
      backendId: v.string(),
      backendUrl: v.string(),
      modelId: v.string(),
      modelVersion: v.string(),
      deviceModel: v.string(),
      formOpen: v.boolean(),
      runsOpen: v.boolean(),
      moreOpen: v.boolean(),
      wheelZooms: v.boolean(),
      exportAbout: v.boolean(),
      prices: v.record(
        v.string(),
        v.object({
          per: v.picklist(['run', 'second']),
          amount: v.pipe(v.number(), v.finite(), v.minValue(0)),
        }),
      ),
    },
    onWriteError,
  })
  return { store, set: (change) => store.setState(change) }
}
