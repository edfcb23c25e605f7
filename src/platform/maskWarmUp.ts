import { createRgba } from '../core/image/raster'
import { createMask } from '../core/mask/mask'
import { MaskEdit } from '../core/mask/maskEdit'
import { cutBands, runBand } from '../core/mask/command/maskBand'
import { applyCommand, type MaskCommand } from '../core/mask/command/maskCommand'
import { runSelection } from '../core/mask/select/selection'

/** Large enough for the JavaScript engine to compile the hot loops, px a side. */
const SIDE = 512

/** Runs object selections on a small sample, so that their code is compiled before the first real one. */
export function warmSelections(): void {
  const picture = createRgba(SIDE, SIDE)
  const words = new Uint32Array(picture.data.buffer)
  const middle = SIDE / 2
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const isObject = Math.hypot(x - middle, y - middle) < SIDE / 5
      // Grain: plain tones would only run the early exits.
      words[y * SIDE + x] = (isObject ? 0xff4060c0 : 0xff706050) + (((x * 7 + y * 13) % 11) << 8)
    }
  }
  const point = { x: middle, y: middle }
  const outline = [
    { x: 100, y: 100 },
    { x: 412, y: 100 },
    { x: 412, y: 412 },
    { x: 100, y: 412 },
  ]
  runSelection(picture, { kind: 'object', outline, whole: false })
  runSelection(picture, { kind: 'object', outline: [point], whole: false })
}

/** Runs the operations on the whole mask on a small sample. @see warmSelections */
export function warmOperations(): void {
  const mask = createMask({ x: 0, y: 0, width: SIDE, height: SIDE })
  const points = [20, 460, 300].map((at, index) => ({ x: at, y: 60 + 180 * index, pressure: 255 }))
  const stroke: MaskCommand = { kind: 'stroke', mode: 'paint', size: 60, hardness: 60, opacity: 100, points }
  applyCommand(new MaskEdit(mask), stroke)
  for (const command of [
    { kind: 'grow', radius: 12 },
    { kind: 'shrink', radius: 6 },
    { kind: 'feather', radius: 12 },
    { kind: 'smooth', radius: 6 },
    { kind: 'fillHoles' },
    { kind: 'removeSpecks', size: 10 },
  ] satisfies MaskCommand[]) {
    for (const band of cutBands(mask, command, 1)) runBand(band, command)
  }
}
