import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Rect } from '../core/geometry'
import { createMask, readMask } from '../core/mask/mask'
import { replayCommands } from '../core/mask/command/maskCommand'
import { FULL_TILE } from '../core/mask/tiles'
import type { MaskEditor } from './maskEditor'
import { EditorDriver } from './maskEditor.testkit'

const BUDGET_BYTES = 64 * 1024 * 1024

/** Bytes of every buffer that the editor holds besides its mask: found by walking all it refers to. */
function heldBytes(editor: MaskEditor): number {
  const seen = new Set<unknown>([FULL_TILE.buffer, ...editor.mask.tiles.map((tile) => tile?.buffer)])
  let bytes = 0
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    if (value instanceof ArrayBuffer) bytes += value.byteLength
    else if (ArrayBuffer.isView(value)) visit(value.buffer)
    else if (value instanceof Map) for (const entry of value.values()) visit(entry)
    else for (const entry of Object.values(value)) visit(entry)
  }
  visit(editor)
  return bytes
}

function digest(editor: MaskEditor, rect: Rect = editor.mask.frame): string {
  return createHash('sha1').update(readMask(editor.mask, rect).data).digest('hex')
}

/** Draws strokes at places that look random, and remembers each one's surroundings before it. */
function draw(driver: EditorDriver, count: number, length: number, each: () => void = () => {}) {
  const { width, height } = driver.editor.mask.frame
  const { size } = driver.brush
  let seed = 7
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
  const before: { rect: Rect; digest: string }[] = []
  for (let k = 0; k < count; k++) {
    const [x, y] = [random(width), random(height)]
    const rect = { x: x - size, y: y - size, width: length + 2 * size, height: length + 2 * size }
    before.push({ rect, digest: digest(driver.editor, rect) })
    driver
      .down(x, y)
      .move(x + length, y + random(length))
      .up()
    each()
  }
  return before
}

describe('the undo history', () => {
  it('of 150 soft strokes of 600 px at 8192 x 8192 stays in its budget, and undo gives every byte back', () => {
    const driver = new EditorDriver({ width: 8192, height: 8192 })
    const { editor } = driver
    driver.brush = { size: 600, hardness: 0, opacity: 100, smoothEdge: true }
    let worst = 0
    const before = draw(driver, 150, 20, () => {
      if (editor.commands.length % 10 === 0) worst = Math.max(worst, heldBytes(editor))
    })
    // The steps next to the present may be unpacked: here 16 tiles each at most.
    const near = 4 * 16 * FULL_TILE.length
    expect(worst).toBeGreaterThan(BUDGET_BYTES / 2)
    expect(worst).toBeLessThan(BUDGET_BYTES + near)
    const drawn = digest(editor)
    for (const { rect, digest: expected } of before.toReversed()) {
      editor.undo()
      expect(digest(editor, rect)).toBe(expected)
      if (editor.commands.length === 100) {
        expect(heldBytes(editor)).toBeLessThan(BUDGET_BYTES + near)
        const replayed = createMask(editor.mask.frame)
        replayCommands(replayed, editor.commands)
        expect(Buffer.compare(readMask(replayed, replayed.frame).data, driver.bytes())).toBe(0)
      }
    }
    expect(editor.isEmpty).toBe(true)
    while (editor.canRedo) editor.redo()
    expect(editor.commands).toHaveLength(150)
    expect(digest(editor)).toBe(drawn)
  })

  it('of 500 strokes at 4000 x 4000 with a brush of 60 px is all there', () => {
    const driver = new EditorDriver({ width: 4000, height: 4000 })
    driver.brush = { size: 60, hardness: 80, opacity: 100, smoothEdge: true }
    draw(driver, 500, 100)
    while (driver.editor.canUndo) driver.editor.undo()
    expect(driver.editor.commands).toHaveLength(0)
    expect(driver.editor.isEmpty).toBe(true)
  })
})
