import { expose, transfer } from 'comlink'
import { AppError } from '../core/errors'
import { createRgba, type RgbaImage } from '../core/image/raster'
import { bandMask, runBand, type TileChange } from '../core/mask/command/maskBand'
import { replayCommands } from '../core/mask/command/maskCommand'
import { replayMask } from '../core/mask/command/replayMask'
import { importMask } from '../core/mask/command/maskImport'
import { reviewMask } from '../core/mask/lint/maskLint'
import { createMask } from '../core/mask/mask'
import { maskOutline } from '../core/mask/raster/maskOutline'
import { encodeRuns } from '../core/mask/raster/maskRuns'
import { runSelection } from '../core/mask/select/selection'
import type { MaskApi } from './maskApi'
import { warmOperations, warmSelections } from './maskWarmUp'
import { shareErrors } from './workerErrors'

let opened: { readonly key: string; readonly picture: RgbaImage } | null = null

function pictureOf(key: string): RgbaImage {
  if (opened?.key !== key) throw new AppError('unexpected', { detail: 'picture missing' })
  return opened.picture
}

const api: MaskApi = {
  runBand(band, command) {
    const changes = runBand(band, command)
    return transfer(changes, buffersOf(changes))
  },

  review: (mask, model) => reviewMask(bandMask(mask), model),

  openPicture(key, { width, height }) {
    opened = { key, picture: createRgba(width, height) }
  },

  writePicture: (key, offset, bytes) => pictureOf(key).data.set(bytes, offset),

  select(key, selection) {
    const { rect, image } = runSelection(pictureOf(key), selection)
    const runs = encodeRuns(image)
    return transfer({ rect, runs }, [runs.buffer])
  },

  importMask(picture, frame) {
    const imported = importMask(picture, frame)
    const { command, changes, scaled } = imported
    return transfer(imported, [
      command.runs.buffer,
      ...buffersOf(changes),
      ...(scaled ? [scaled.data.buffer] : []),
    ])
  },

  replay(frame, commands, into) {
    const replayed = replayMask(frame, commands, into)
    return replayed && transfer(replayed, [replayed.command.runs.buffer, ...buffersOf(replayed.changes)])
  },

  async turn(frame, commands, shown, degrees) {
    // Turning comes with the first picture that is turned: painting does without.
    const { turnMask } = await import('../core/mask/command/turnMask')
    return turnMask(frame, commands, shown, degrees)
  },

  outline(frame, commands) {
    const mask = createMask(frame)
    replayCommands(mask, commands)
    const lines = maskOutline(mask)
    return transfer(lines, [lines.buffer])
  },

  warm: (what) => (what === 'selections' ? warmSelections() : warmOperations()),
}

function buffersOf(changes: readonly TileChange[]): ArrayBuffer[] {
  return changes.flatMap(({ tile }) => (tile instanceof Uint8Array ? [tile.buffer] : []))
}

shareErrors()
expose(api)
