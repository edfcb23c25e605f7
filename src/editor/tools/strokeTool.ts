import { type StrokeCommand, strokeStyle } from '../../core/mask/command/maskCommand'
import type { PaintMode } from '../../core/mask/raster/capsulePainter'
import { rasterizeStep, type StrokePoint } from '../../core/mask/raster/rasterizeStroke'
import type { Gesture, PointerInput, Tool, ToolHost } from '../tool'

/** Brush and eraser: the same stroke, painting or erasing. */
function strokeTool(mode: PaintMode, about: Pick<Tool, 'id' | 'name' | 'help' | 'icon' | 'shortcut'>): Tool {
  return {
    ...about,
    cursor: 'brush',
    options: 'brush',
    begin: (input, host) => beginStroke(input.erase ? 'erase' : mode, input, host),
  }
}

interface StrokeGesture extends Gesture {
  finish(): StrokeCommand
}

/** Draws a stroke into the mask while the pointer moves. */
export function beginStroke(mode: PaintMode, input: PointerInput, host: ToolHost): StrokeGesture {
  const { size, hardness, opacity, smoothEdge } = host.brush
  const settings = { mode, size, hardness, opacity, ...(smoothEdge ? {} : { crisp: true as const }) }
  const style = strokeStyle(settings)
  const points: StrokePoint[] = []

  const add = (point: StrokePoint) => {
    const previous = points.at(-1)
    if (previous && previous.x === point.x && previous.y === point.y && previous.pressure === point.pressure)
      return
    points.push(point)
    host.draw((edit) => rasterizeStep(edit, style, points, points.length - 1))
  }

  const sample = (next: PointerInput) => {
    const point = strokePoint(host.usePressure ? next : { ...next, pressure: null })
    return smoothEdge ? point : { ...point, x: toGrid(point.x, size), y: toGrid(point.y, size) }
  }
  if (input.shift && host.lastPoint) add(sample({ ...input, point: host.lastPoint }))
  add(sample(input))
  return {
    move: (next) => add(sample(next)),
    soFar: () => ({ kind: 'stroke', ...settings, points: [...points] }),
    finish: () => ({ kind: 'stroke', ...settings, points }),
  }
}

/** Puts a crisp brush of an odd size on a pixel's centre, of an even one on a corner, so that it is symmetrical. */
function toGrid(at: number, size: number): number {
  return size % 2 === 1 ? Math.floor(at) + 0.5 : Math.round(at)
}

/** Rounded as it is stored, so that drawing and replaying make the same bytes. */
function strokePoint({ point, pressure }: PointerInput): StrokePoint {
  return {
    x: Math.round(point.x * 2) / 2,
    y: Math.round(point.y * 2) / 2,
    pressure: pressure === null ? 255 : Math.min(255, Math.max(1, Math.round(pressure * 255))),
  }
}

export const brushTool = strokeTool('paint', {
  id: 'brush',
  name: { en: 'Brush', zh: '画笔' },
  help: {
    en: 'Shift+click: line. Right drag: erase.',
    zh: 'Shift+单击：直线。右键拖动：擦除。',
  },
  icon: 'M9.06 11.9 17.1 3.8a2.85 2.85 0 1 1 4.03 4.02l-8.06 8.1M7.07 14.94c-1.66 0-3 1.35-3 3.02 0 1.33-2.5 1.52-2 2.02 1.08 1.1 2.49 2.02 4 2.02 2.2 0 4-1.8 4-4.04a3.01 3.01 0 0 0-3-3.02z',
  shortcut: 'b',
})

export const eraserTool = strokeTool('erase', {
  id: 'eraser',
  name: { en: 'Eraser', zh: '橡皮擦' },
  help: {
    en: 'Erases the mask. Shift+click: line.',
    zh: '擦除蒙版。Shift+单击：直线。',
  },
  icon: 'm7 21-4.3-4.3c-1-1-1-2.5 0-3.4l9.6-9.6c1-1 2.5-1 3.4 0l5.6 5.6c1 1 1 2.5 0 3.4L13 21M22 21H7M5 11l9 9',
  shortcut: 'e',
})
