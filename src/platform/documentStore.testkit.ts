import 'fake-indexeddb/auto'
import { vi } from 'vitest'
import type { DocumentContents, NumberedStep } from '../core/document/storedDocument'
import type { MaskCommand } from '../core/mask/command/maskCommand'
import type * as documentShelf from './documentShelf'
import type * as documentStore from './documentStore'
import { DEFAULT_SENT } from '../core/document/sentArea'

export type Store = typeof documentStore & typeof documentShelf

export const CONTENTS: DocumentContents = {
  frame: null,
  sent: DEFAULT_SENT,
  patches: [],
  regions: [],
  setup: null,
  viewport: null,
}
export const BASE = {
  key: 'base',
  name: 'photo.png',
  link: { kind: 'file', name: 'photo.png', sha256: null },
} as const
export const at = (n: number) => new Date(Date.UTC(2026, 10, 20) + n * 1000).toISOString()
export const CREATED = {
  createdAt: at(0),
  base: BASE,
  size: { width: 60, height: 40 },
  from: null,
  file: new Blob(['picture']),
}
export const COMMANDS: readonly MaskCommand[] = [{ kind: 'invert' }, { kind: 'clear' }]

export function step(number: number, parent: number): NumberedStep {
  return { number, parent, at: at(number), command: COMMANDS[number % 2], area: 'mask', edit: null }
}

export const WRITE = { id: 'a', writer: 'page', updatedAt: at(1), tip: 0, steps: [], maskUrls: new Map() }

/** A page of its own: it shares the disk and nothing else. */
export async function openPage(): Promise<Store> {
  vi.resetModules()
  return { ...(await import('./documentStore')), ...(await import('./documentShelf')) }
}
