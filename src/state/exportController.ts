import { AppError } from '../core/errors'
import { createGray, type GrayImage } from '../core/image/raster'
import { type Mask, readMask } from '../core/mask/mask'
import { decodeCommands } from '../core/mask/command/maskCodec'
import { copyImage, copyText, saveFile } from '../platform/download'
import { makeLevels } from '../platform/imageDecode'
import { encodeImage, encodePng, type ExportFormat } from '../platform/imageEncode'
import { notify, reportError } from './messageStore'
import { show } from './openImage'
import { compositeOf } from './runOutputs'
import type { Run, RunOutput } from './runsStore'
import { useSession } from './sessionStore'
import { makeLink } from './shareController'

export type ReadyOutput = RunOutput & { kind: 'ready' }

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
}

/** The file's name without its ending, safe to save under. */
function stem(name: string): string {
  return name.replace(/\.[a-z0-9]{1,5}$/i, '').replace(/[^\p{L}\p{N} ._-]+/gu, '_') || 'image'
}

async function guarded(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    useSession.setState({ opening: null })
    reportError(error)
  }
}

/** The mask as an exact 8-bit grey PNG of the picture's size. */
export function exportMask(): Promise<void> {
  return guarded(async () => {
    const { source, editor } = useSession.getState()
    if (!source || !editor) return
    saveFile(await encodePng(await readWhole(editor.mask)), `${stem(source.name)}-mask.png`)
  })
}

/** So many rows at a time: copied in a few ms, so that no task is long. */
const ROWS = 512

/** The mask as it is now. */
async function readWhole({ frame, ...rest }: Mask): Promise<GrayImage> {
  const mask = { ...rest, frame, tiles: [...rest.tiles] }
  const whole = createGray(frame.width, frame.height)
  for (let y = 0; y < frame.height; y += ROWS) {
    const height = Math.min(ROWS, frame.height - y)
    whole.data.set(readMask(mask, { ...frame, y: frame.y + y, height }).data, y * frame.width)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return whole
}

/** Puts a request on the clipboard. */
export function copyExchange(text: string): Promise<void> {
  return guarded(async () => {
    await copyText(text)
    notify('text-copied')
  })
}

/** The open picture. */
export function exportPicture(format: ExportFormat): Promise<void> {
  return guarded(async () => {
    const { source } = useSession.getState()
    if (!source) return
    const blob = await encodeImage(source.pixels, format)
    saveFile(blob, `${stem(source.name)}.${EXTENSIONS[blob.type] ?? 'png'}`)
  })
}

export function downloadOutput(run: Run, output: ReadyOutput): Promise<void> {
  return guarded(async () => {
    if (!run.source) return
    const blob = await encodePng(compositeOf(run.source, output))
    const seed = output.seed === null ? '' : `-seed-${output.seed}`
    saveFile(blob, `${stem(run.source.name)}-output-${output.place + 1}${seed}.png`)
  })
}

export function copyOutput(run: Run, output: ReadyOutput): Promise<void> {
  return guarded(async () => {
    if (!run.source) return
    await copyImage(await encodePng(compositeOf(run.source, output)))
    notify('image-copied')
  })
}

/** The output becomes the open picture. @param keepMask with the run's mask, or an empty one */
export function adoptOutput(run: Run, output: ReadyOutput, keepMask: boolean): Promise<void> {
  return guarded(async () => {
    const { source } = run
    if (!source) return
    const name = `${stem(source.name).replace(/-edit-\d+$/, '')}-edit-${output.place + 1}.png`
    useSession.setState({ opening: name })
    const pixels = compositeOf(source, output)
    const [file, shown] = await Promise.all([encodePng(pixels), makeLevels(pixels)])
    const commands = keepMask && !output.whole ? decodeCommands(run.record.commands) : []
    show(
      {
        key: crypto.randomUUID(),
        name,
        pixels,
        ...shown,
        file,
        link: { kind: 'file', name, sha256: null },
      },
      { commands, fitSize: false, settled: true },
    )
  })
}

/** Puts the share link on the clipboard. @returns the link, so that it can be shown where copying is refused */
export async function copyLink(): Promise<string | null> {
  try {
    const { url, masked, needsFile } = await makeLink()
    try {
      await copyText(url)
      notify(masked ? (needsFile ? 'link-of-file' : 'link-copied') : 'link-without-mask', {
        name: useSession.getState().source?.name ?? '',
      })
    } catch (cause) {
      reportError(new AppError('share/no-secure-copy', { cause }))
    }
    return url
  } catch (error) {
    reportError(error)
    return null
  }
}
