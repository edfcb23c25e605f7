import type { StoreApi } from 'zustand/vanilla'
import type { Patch } from '../../core/document/document'
import { isAbort } from '../../core/errors'
import type { Size } from '../../core/geometry'
import { type ExportContent, exportSize } from '../../core/image/exportPixels'
import type { CameraFacts } from '../../core/image/metadata/exif'
import type { ExportFormat } from '../../platform/exportApi'
import type { Forms } from '../model/forms'
import type { Ports } from '../ports'
import type { PatchesRoom } from '../session/patchesRoom'
import { type PatchSelection, selectUsablePatch } from '../session/patchStore'
import { baseOf, cameraFile } from '../session/source'
import type { LazyRoom } from '../shell/lazyRoom'
import { stem } from '../session/pictureName'
import type { Messages } from '../shell/messages'
import type { SettingsRoom } from '../shell/settings'
import { aboutPicture } from './aboutPicture'
import { aloneSize, readContent } from './exportContent'
import { type ExportOptions, FIRST_EXPORT, settledOptions } from './exportOptions'
import { hasBefore, seenPicture, type SeenPicture, type SeenRooms, seenSize } from './seen'

/** The export that is being set up. */
export interface OpenExport {
  readonly options: ExportOptions
  readonly areas: readonly ExportContent['kind'][]
  readonly formats: readonly ExportFormat[]
  /** What the picture's file holds. */
  readonly camera: CameraFacts
  /** Its colours are those of a profile. */
  readonly profile: boolean
  /** Of the file, px. */
  readonly size: Size
  /** As it would be saved; null while it is encoded, and where that failed. */
  readonly made: Blob | null
  readonly failed: boolean
}

export interface ExportState {
  /** null while no export is being set up. */
  readonly open: OpenExport | null
}

export interface Exports {
  /** Starts to set up an export of what is seen. */
  begin(): Promise<void>
  /** Encodes anew, a moment after the last change. */
  change(options: Partial<ExportOptions>): void
  save(): Promise<void>
  /** Saves what is seen at once, in its own size: with the quality and the metadata that are chosen, never with the place. */
  saveAs(format: ExportFormat): Promise<void>
  /** Puts it on the clipboard, as a PNG without metadata. */
  copy(): Promise<void>
  /** Stops what is being encoded. */
  end(): void
}

export interface ExportsRooms extends SeenRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly forms: Forms
  readonly settings: SettingsRoom
  readonly selection: PatchSelection
  readonly patches: LazyRoom<PatchesRoom>
}

/** The options rest for this long before they are encoded, ms. */
const REST_MS = 250

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/avif': 'avif',
}
const SUFFIXES = { whole: '', alone: '-alone', beforeAfter: '-before-after' } as const

export function createExports(rooms: ExportsRooms, store: StoreApi<ExportState>): Exports {
  const { ports, messages } = rooms
  let seen: SeenPicture | null = null
  /** The kept result that is chosen in Edit. */
  let patch: Patch | null = null
  let remembered = FIRST_EXPORT
  let work = new AbortController()
  let making: Promise<Blob | null> = Promise.resolve(null)
  /** What is stopped ends the worker: nothing is set up while a file is on its way. */
  let saving: Promise<unknown> = Promise.resolve()

  const update = (change: Partial<OpenExport>) =>
    store.setState(({ open }) => (open ? { open: { ...open, ...change } } : {}))

  const chosen = (): ExportOptions => ({ ...remembered, about: rooms.settings.store.getState().exportAbout })

  const encode = async (
    of: SeenPicture,
    alone: Patch | null,
    options: ExportOptions,
    signal: AbortSignal,
  ): Promise<Blob> => {
    const content = await readContent(of, alone, options.area, rooms)
    signal.throwIfAborted()
    const file = cameraFile(of.source)
    const masked = options.area === 'whole' && options.scale === 100
    return ports.exports.encode(
      {
        content,
        size: sizeOf(of, alone, options),
        format: options.format,
        quality: options.quality / 100,
        about: options.about ? await aboutPicture(of, masked, rooms) : null,
        camera: options.camera && file ? { file, location: options.location } : null,
      },
      signal,
    )
  }

  const make = async (options: ExportOptions, restMs: number): Promise<Blob | null> => {
    work.abort()
    const mine = new AbortController()
    work = mine
    const { signal } = mine
    update({ options, size: sizeOf(seen!, patch, options), made: null, failed: false })
    try {
      await new Promise((resolve) => setTimeout(resolve, restMs))
      await saving
      signal.throwIfAborted()
      const made = await encode(seen!, patch, options, signal)
      if (!signal.aborted) update({ made })
      return made
    } catch (error) {
      if (!isAbort(error) && !signal.aborted) {
        update({ failed: true })
        messages.report(error)
      }
      return null
    }
  }

  const learn = async (of: SeenPicture) => {
    const file = cameraFile(of.source)
    const [formats, facts] = await Promise.all([
      ports.exports.formats(),
      file ? ports.exports.facts(file) : null,
    ])
    const known = facts && { camera: { camera: facts.camera, location: facts.location } }
    if (seen === of) update({ formats, ...known })
  }

  return {
    async begin() {
      const settling = rooms.session.settle()
      if (settling) await settling
      const of = seenPicture(rooms)
      if (!of) return
      seen = of
      const patches = rooms.selection.store.getState()
      patch = of.chosen ? null : selectUsablePatch({ session: of, patches })
      const areas = areasOf(of, patch)
      // Where it was taken is asked for anew each time.
      const options = {
        ...chosen(),
        location: false,
        area: areas.includes(remembered.area) ? remembered.area : 'whole',
      }
      store.setState({
        open: {
          options,
          areas,
          formats: ['png', 'jpeg', 'webp'],
          camera: { camera: false, location: false },
          profile: baseOf(of.source).pixels.profile !== undefined,
          size: sizeOf(of, patch, options),
          made: null,
          failed: false,
        },
      })
      learn(of).catch(messages.report)
      making = make(options, 0)
    },
    change(change) {
      const { open } = store.getState()
      if (!open) return
      const options = settledOptions({ ...open.options, ...change })
      remembered = options
      rooms.settings.set({ exportAbout: options.about })
      making = make(options, REST_MS)
    },
    async save() {
      const { open } = store.getState()
      if (!open || !seen) return
      const { name } = seen
      const suffix = SUFFIXES[open.options.area]
      const blob = await making
      if (blob) ports.saveFile(blob, fileName(name, suffix, blob))
    },
    async saveAs(format) {
      try {
        await rooms.session.settle()
        const of = seenPicture(rooms)
        if (!of) return
        const options = { ...chosen(), area: 'whole', scale: 100, location: false, format } as const
        const encoding = encode(of, null, options, new AbortController().signal)
        saving = encoding.catch(() => {})
        const blob = await encoding
        ports.saveFile(blob, fileName(of.name, '', blob))
      } catch (error) {
        messages.report(error)
      }
    },
    async copy() {
      const { open } = store.getState()
      if (!open || !seen) return
      try {
        const plain = { ...open.options, format: 'png', about: false, camera: false } as const
        await ports.clipboard.copyImage(await encode(seen, patch, plain, work.signal))
        messages.notify('image-copied')
      } catch (error) {
        messages.report(error)
      }
    },
    end() {
      work.abort()
      seen = null
      store.setState({ open: null })
    },
  }
}

function fileName(name: string, suffix: string, { type }: Blob): string {
  return `${stem(name)}${suffix}.${EXTENSIONS[type] ?? 'png'}`
}

function areasOf(seen: SeenPicture, patch: Patch | null): ExportContent['kind'][] {
  const alone = aloneSize(seen, patch) ? ['alone' as const] : []
  return ['whole', ...alone, ...(hasBefore(seen) ? ['beforeAfter' as const] : [])]
}

function sizeOf(seen: SeenPicture, patch: Patch | null, { area, scale }: ExportOptions): Size {
  const alone = area === 'alone' ? aloneSize(seen, patch) : null
  return exportSize(area, alone ?? (area === 'beforeAfter' ? seen.frame : seenSize(seen)), scale / 100)
}
