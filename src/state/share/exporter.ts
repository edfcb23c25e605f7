import { createGray, type GrayImage } from '../../core/image/raster'
import { type Mask, readMask } from '../../core/mask/mask'
import type { Ports } from '../ports'
import { compositeOf } from '../runs/outputs'
import type { ReadyOutput, Run } from '../runs/runs'
import { snapshot } from '../session/maskOperations'
import { stem } from '../session/pictureName'
import type { Messages } from '../shell/messages'
import { readSeen, seenPicture, type SeenRooms } from './seen'

/** Rows that are read at once: copied in a few ms, so that no task is long. */
const SLICE_ROWS = 512

export interface Exporter {
  /** The mask as an exact 8-bit grey PNG of the frame's size. */
  mask(): Promise<void>
  /** Puts what is seen on the clipboard: in Compare the selected output over the picture, in Edit the open picture. */
  copyPicture(): Promise<void>
  downloadOutput(run: Run, output: ReadyOutput): Promise<void>
  copyOutput(run: Run, output: ReadyOutput): Promise<void>
  /** Puts a request on the clipboard. */
  copyExchange(text: string): Promise<void>
}

export interface ExporterRooms extends SeenRooms {
  readonly ports: Ports
  readonly messages: Messages
}

export function createExporter(rooms: ExporterRooms): Exporter {
  const { ports, messages, session } = rooms
  const { codec, clipboard, saveFile } = ports
  const guarded = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      messages.report(error)
    }
  }
  return {
    mask: () =>
      guarded(async () => {
        const { source, editor } = session.store.getState()
        if (!source || !editor) return
        saveFile(
          await codec.encodePng(await readWhole(snapshot(editor.mask))),
          `${stem(source.name)}-mask.png`,
        )
      }),
    copyPicture: () =>
      guarded(async () => {
        await session.settle()
        const seen = seenPicture(rooms)
        if (!seen) return
        await clipboard.copyImage(await codec.encodePng(await readSeen(seen, ports.page.nextTask)))
        messages.notify('image-copied')
      }),
    downloadOutput: (run, output) =>
      guarded(async () => {
        if (!run.source) return
        const blob = await codec.encodePng(await compositeOf(run.source, run.record.document.frame, output))
        const seed = output.seed === null ? '' : `-seed-${output.seed}`
        saveFile(blob, `${stem(run.source.name)}-output-${output.place + 1}${seed}.png`)
      }),
    copyOutput: (run, output) =>
      guarded(async () => {
        if (!run.source) return
        await clipboard.copyImage(
          await codec.encodePng(await compositeOf(run.source, run.record.document.frame, output)),
        )
        messages.notify('image-copied')
      }),
    copyExchange: (text) =>
      guarded(async () => {
        await clipboard.copyText(text)
        messages.notify('text-copied')
      }),
  }
}

async function readWhole(mask: Mask): Promise<GrayImage> {
  const { frame } = mask
  const whole = createGray(frame.width, frame.height)
  for (let y = 0; y < frame.height; y += SLICE_ROWS) {
    const height = Math.min(SLICE_ROWS, frame.height - y)
    whole.data.set(readMask(mask, { ...frame, y: frame.y + y, height }).data, y * frame.width)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return whole
}
