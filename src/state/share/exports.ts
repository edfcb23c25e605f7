import type { StoreApi } from 'zustand/vanilla'
import { isAbort } from '../../core/errors'
import type { Size } from '../../core/geometry'
import { type ExportContent, exportSize } from '../../core/image/exportPixels'
import type { CameraFacts } from '../../core/image/metadata/exif'
import { readMask } from '../../core/mask/mask'
import { cropRgba } from '../../core/image/raster'
import type { ExportFormat } from '../../platform/exportApi'
import type { Forms } from '../model/forms'
import type { Ports } from '../ports'
import { maskOfRecord } from '../runs/liveRun'
import { baseOf } from '../session/source'
import { stem } from '../session/pictureName'
import type { Messages } from '../shell/messages'
import { aboutPicture } from './aboutPicture'
import { type ExportOptions, FIRST_EXPORT, settledOptions } from './exportOptions'
import { readBefore, readSeen, seenPicture, type SeenPicture, type SeenRooms, seenSize } from './seen'

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
  begin(): void
  /** Encodes anew, a moment after the last change. */
  change(options: Partial<ExportOptions>): void
  save(): Promise<void>
  /** Puts it on the clipboard, as a PNG without metadata. */
  copy(): Promise<void>
  /** Stops what is being encoded. */
  end(): void
}

export interface ExportsRooms extends SeenRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly forms: Forms
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
  const { nextTask } = ports.page
  let seen: SeenPicture | null = null
  let remembered = FIRST_EXPORT
  let work = new AbortController()
  let making: Promise<Blob | null> = Promise.resolve(null)

  const update = (change: Partial<OpenExport>) =>
    store.setState(({ open }) => (open ? { open: { ...open, ...change } } : {}))

  const contentOf = async (of: SeenPicture, area: ExportOptions['area']): Promise<ExportContent> => {
    if (area === 'beforeAfter') {
      return { kind: area, before: await readBefore(of, nextTask), after: await readSeen(of, nextTask) }
    }
    if (area === 'whole' || !of.chosen) return { kind: 'whole', image: await readSeen(of, nextTask) }
    const { run, output } = of.chosen
    const mask = output.whole ? null : maskOfRecord(run.record)
    const { width, height } = output.crop
    return {
      kind: 'alone',
      image: cropRgba(output.crop, { x: 0, y: 0, width, height }),
      coverage: mask && readMask(mask, output.rect),
    }
  }

  const encode = async (options: ExportOptions, signal: AbortSignal): Promise<Blob> => {
    const of = seen!
    const content = await contentOf(of, options.area)
    signal.throwIfAborted()
    const { file } = baseOf(of.source)
    const masked = options.area === 'whole' && options.scale === 100
    return ports.exports.encode(
      {
        content,
        size: sizeOf(of, options),
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
    update({ options, size: sizeOf(seen!, options), made: null, failed: false })
    try {
      await new Promise((resolve) => setTimeout(resolve, restMs))
      signal.throwIfAborted()
      const made = await encode(options, signal)
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
    const { file } = baseOf(of.source)
    const [formats, facts] = await Promise.all([
      ports.exports.formats(),
      file ? ports.exports.facts(file) : null,
    ])
    const known = facts && { camera: { camera: facts.camera, location: facts.location } }
    if (seen === of) update({ formats, ...known })
  }

  return {
    begin() {
      const of = seenPicture(rooms)
      if (!of) return
      seen = of
      const areas = areasOf(of)
      // Where it was taken is asked for anew each time.
      const options = {
        ...remembered,
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
          size: sizeOf(of, options),
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
      making = make(options, REST_MS)
    },
    async save() {
      const { open } = store.getState()
      if (!open || !seen) return
      const { name } = seen
      const suffix = SUFFIXES[open.options.area]
      const blob = await making
      if (blob) ports.saveFile(blob, `${stem(name)}${suffix}.${EXTENSIONS[blob.type] ?? 'png'}`)
    },
    async copy() {
      const { open } = store.getState()
      if (!open) return
      try {
        const plain = { ...open.options, format: 'png', about: false, camera: false } as const
        await ports.clipboard.copyImage(await encode(plain, work.signal))
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

function areasOf({ chosen }: SeenPicture): ExportContent['kind'][] {
  if (!chosen) return ['whole']
  return chosen.output.whole ? ['whole', 'beforeAfter'] : ['whole', 'alone', 'beforeAfter']
}

function sizeOf(seen: SeenPicture, { area, scale }: ExportOptions): Size {
  const picture = area === 'alone' && seen.chosen ? seen.chosen.output.crop : seenSize(seen)
  return exportSize(area, area === 'beforeAfter' ? seen.frame : picture, scale / 100)
}
