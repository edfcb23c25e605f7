import { isCoverageAtHand, rememberCoverage } from '../../core/document/coverageReplay'
import { AppError } from '../../core/errors'
import { type Rect, rectOf } from '../../core/geometry'
import { applyChanges } from '../../core/mask/command/maskBand'
import { createMask, maskBounds } from '../../core/mask/mask'
import { MaskEdit } from '../../core/mask/maskEdit'
import type { Ports } from '../ports'
import type { ToolSettings } from '../shell/toolSettings'
import type { ViewRoom } from '../shell/view'
import { ownPixels } from './patches'
import type { PatchSelection, RevealSource } from './patchStore'
import type { PixelStore } from './pixelStore'
import { openReveal, type RevealRooms, topOf } from './openReveal'
import { baseOf, patchesOf, type SourceImage } from './source'

/** Tools that paint what is revealed; another one goes back to the mask. */
const REVEAL_TOOLS: ReadonlySet<string> = new Set(['brush', 'eraser', 'hand'])

export interface RevealBrush {
  /**
   * Brush and eraser paint a source into the picture, from now on until `stop`: as a result on top, or further in the one
   * that lies there.
   * @param source null is the picture as it was opened
   * @returns false where nothing is open, or its pixels are gone
   */
  start(source: RevealSource | null): Promise<boolean>
  /** The tools paint the mask again. */
  stop(): Promise<void>
}

interface BrushRooms extends RevealRooms {
  readonly ports: Ports
  readonly selection: PatchSelection
  readonly view: ViewRoom
  readonly tools: ToolSettings
  readonly pixels: PixelStore
}

export function createRevealBrush(rooms: BrushRooms): RevealBrush {
  const { ports, messages, session, selection, view, tools, pixels } = rooms
  const { store } = selection
  let close: () => Promise<void> = () => Promise.resolve()
  /** Of what was asked for last, to start or to stop: nothing that was asked for before comes in its place. */
  let newest = 0

  /** What lies on top is painted further: its mask is needed. */
  const readTop = async (picture: SourceImage, source: RevealSource, frame: Rect) => {
    const top = topOf(patchesOf(picture), source, frame)
    if (!top || isCoverageAtHand(top)) return
    const replayed = await ports.masks.replay(frame, top.coverage)
    const mask = createMask(frame)
    if (replayed) applyChanges(new MaskEdit(mask), replayed.changes)
    rememberCoverage(top.coverage, { mask, around: maskBounds(mask), changed: null })
  }

  const closeOpen = async () => {
    const closing = close
    close = () => Promise.resolve()
    await closing()
  }

  return {
    async start(chosen) {
      const mine = ++newest
      await closeOpen()
      const { source: picture, frame, opened } = session.store.getState()
      if (!picture || !frame) return false
      const base = baseOf(picture)
      const source = chosen ?? { from: null, pixels: base.key, rect: rectOf(base.pixels) }
      try {
        const own = await ownPixels(pixels, picture, source)
        if (!own) throw new AppError('run/output-missing')
        await readTop(picture, source, frame)
        if (mine !== newest || session.store.getState().opened !== opened) return false
        const reveal = openReveal(rooms, source, own, frame)
        store.setState({ reveal })
        const isLeft = () =>
          session.store.getState().opened !== opened ||
          view.store.getState().view !== 'edit' ||
          view.store.getState().framing !== null ||
          !REVEAL_TOOLS.has(tools.store.getState().toolId)
        view.setFraming(null)
        view.showEdit()
        if (!REVEAL_TOOLS.has(tools.store.getState().toolId)) tools.setTool('brush')
        const leave = () => {
          if (isLeft()) void closeOpen()
        }
        const watches = [session.store, view.store, tools.store].map((one) => one.subscribe(leave))
        close = async () => {
          for (const unsubscribe of watches) unsubscribe()
          await reveal.close()
          if (store.getState().reveal === reveal) store.setState({ reveal: null })
        }
        return true
      } catch (error) {
        if (mine === newest) messages.report(error)
        return false
      }
    },
    stop() {
      newest += 1
      return closeOpen()
    },
  }
}
