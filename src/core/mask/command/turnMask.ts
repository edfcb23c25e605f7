import { intersectRect, isEmptyRect, movedRect, type Rect, rectOf } from '../../geometry'
import { quartersOf, rotatedMask, turnedPoint, turnedRect, turnGray } from '../../image/rotate'
import { createMask, maskBounds, readMask } from '../mask'
import { encodeRuns } from '../raster/maskRuns'
import { type MaskCommand, type RasterCommand, replayCommands } from './maskCommand'

/**
 * What commands make of a mask, turned with the picture under it.
 * @param frame what the commands are replayed over, image px
 * @param shown what is turned, image px
 * @param degrees clockwise
 * @returns over the turned picture; null where nothing of it is covered
 */
export function turnMask(
  frame: Rect,
  commands: readonly MaskCommand[],
  shown: Rect,
  degrees: number,
): RasterCommand | null {
  const mask = createMask(frame)
  replayCommands(mask, commands)
  const quarters = quartersOf(degrees)
  if (quarters !== null) {
    const covered = intersectRect(maskBounds(mask), shown)
    if (isEmptyRect(covered)) return null
    const gray = turnGray(readMask(mask, covered), quarters)
    const rect = turnedRect(movedRect(covered, -shown.x, -shown.y), shown, quarters)
    return { kind: 'raster', mode: 'replace', rect, runs: encodeRuns(gray) }
  }
  const turned = rotatedMask(readMask(mask, shown), degrees, 0)
  if (turned.data.every((coverage) => coverage === 0)) return null
  return { kind: 'raster', mode: 'replace', rect: rectOf(turned), runs: encodeRuns(turned) }
}

/** Guide lines, turned with the picture under them: strokes stay strokes. @param degrees clockwise */
export function turnGuides(commands: readonly MaskCommand[], shown: Rect, degrees: number): MaskCommand[] {
  return commands.map((command) => {
    if (command.kind !== 'stroke') return command
    const points = command.points.map(({ pressure, ...point }) => {
      const { x, y } = turnedPoint(point, shown, degrees)
      return { x: halfStep(x), y: halfStep(y), pressure }
    })
    return { ...command, points }
  })
}

/** Without a negative zero: what is stored has none. */
function halfStep(length: number): number {
  return Math.round(length * 2) / 2 + 0
}
