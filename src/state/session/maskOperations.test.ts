import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMask, type Mask } from '../../core/mask/mask'
import { type MaskCommand, replayCommands } from '../../core/mask/command/maskCommand'
import type { MaskOperation } from '../../core/mask/refine/maskOperation'
import { brushTool } from '../../editor/tools/strokeTool'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, masked, openPhoto, type OpenTab, paint, pass, readyTab } from '../tab.testkit'

inFakeTime()

const editorOf = ({ app }: OpenTab) => app.session.store.getState().editor!

function bytesOf(mask: Mask): number[] {
  return mask.tiles.map((tile) =>
    tile ? tile.reduce((sum, value, i) => (sum * 31 + value * (i + 1)) % 1e9, 7) : 0,
  )
}

/** The mask that a list of commands makes, one after the other. */
function replayed(commands: readonly MaskCommand[]): Mask {
  const mask = createMask({ x: 0, y: 0, width: 64, height: 48 })
  replayCommands(mask, commands)
  return mask
}

const operation: fc.Arbitrary<MaskOperation> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('grow' as const, 'shrink' as const, 'feather' as const, 'smooth' as const),
    radius: fc.integer({ min: 1, max: 6 }),
  }),
  fc.constant({ kind: 'fillHoles' as const }),
  fc.record({ kind: fc.constant('removeSpecks' as const), size: fc.integer({ min: 1, max: 9 }) }),
)

describe('mask operations', () => {
  it('are queued: any number of them, pressed at any time, is applied in order, none lost', async () => {
    const events = fc.array(
      fc.tuple(
        fc.oneof(operation, fc.record({ kind: fc.constant('paint' as const), x: fc.nat(50), y: fc.nat(30) })),
        fc.integer({ min: 0, max: 120 }),
      ),
      { maxLength: 7 },
    )
    await fc.assert(
      fc.asyncProperty(events, async (presses) => {
        const tab = await readyTab(new FakeBrowser())
        tab.delays.mask = 60
        let pressed = 0
        for (const [event, wait] of presses) {
          if (event.kind === 'paint') paint(tab, event.x, event.y, 6, 6)
          else {
            pressed++
            void tab.app.operations.apply(event)
          }
          await pass(wait)
        }
        await pass(3000)
        const { commands, mask } = editorOf(tab)
        // Those that changed nothing left no step.
        const operations = commands.filter(({ kind }) => kind !== 'rectangle')
        expect(operations.length).toBeLessThanOrEqual(pressed)
        expect(bytesOf(mask)).toEqual(bytesOf(replayed(commands)))
      }),
      { numRuns: 40 },
    )
  })

  it('grow, and paint while it is computed: neither is lost', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.delays.mask = 200
    void tab.app.operations.apply({ kind: 'grow', radius: 4 })
    await pass(100)
    paint(tab, 50, 40, 4, 4)
    await pass(2000)
    expect(editorOf(tab).commands.map(({ kind }) => kind)).toEqual(['rectangle', 'rectangle', 'grow'])
    expect(masked(tab)).toBeGreaterThan(20 * 16 + 16)
  })

  it('restore what was cleared last in one step, under a stroke that came meanwhile too', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.delays.mask = 60
    paint(tab, 4, 4, 6, 6)
    paint(tab, 20, 10, 9, 9)
    const before = bytesOf(editorOf(tab).mask)
    editorOf(tab).apply({ kind: 'clear' })
    void tab.app.operations.restoreLast()
    await pass(30)
    paint(tab, 40, 30, 4, 4)
    await pass(500)
    expect(bytesOf(editorOf(tab).mask)).toEqual(before)
    tab.app.session.undo()
    expect(
      editorOf(tab)
        .commands.slice(-2)
        .map(({ kind }) => kind),
    ).toEqual(['clear', 'rectangle'])
  })

  it('two in a row are two undo steps', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.delays.mask = 50
    const before = masked(tab)
    void tab.app.operations.apply({ kind: 'grow', radius: 3 })
    void tab.app.operations.apply({ kind: 'shrink', radius: 1 })
    await pass(1000)
    expect(editorOf(tab).commands.map(({ kind }) => kind)).toEqual(['rectangle', 'grow', 'shrink'])
    tab.app.session.undo()
    const grown = masked(tab)
    tab.app.session.undo()
    expect(masked(tab)).toBe(before)
    expect(grown).toBeGreaterThan(before)
  })

  it('moving the view meanwhile loses nothing', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.delays.mask = 200
    void tab.app.operations.apply({ kind: 'grow', radius: 4 })
    await pass(50)
    tab.app.viewport.set({ zoom: 2, center: { x: 1, y: 1 } })
    await pass(1000)
    expect(editorOf(tab).commands.map(({ kind }) => kind)).toEqual(['rectangle', 'grow'])
  })

  it('wait for a stroke that is being drawn', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.delays.mask = 50
    void tab.app.operations.apply({ kind: 'grow', radius: 2 })
    await pass(10)
    const at = (x: number, y: number) => ({
      point: { x, y },
      screen: { x, y },
      scale: 1,
      pressure: null,
      shift: false,
      erase: false,
      intersect: false,
    })
    const services = {
      brush: { size: 8, hardness: 100, opacity: 100, smoothEdge: true },
      area: 'mask' as const,
      usePressure: false,
      pan: () => {},
      select: () => Promise.resolve(null),
      fill: () => {},
    }
    const editor = editorOf(tab)
    editor.begin(brushTool, at(50, 10), services)
    editor.move(at(55, 12))
    await pass(500)
    expect(editor.commands.map(({ kind }) => kind)).toEqual(['rectangle'])
    editor.release()
    await pass(500)
    expect(editor.commands.map(({ kind }) => kind)).toEqual(['rectangle', 'stroke', 'grow'])
    expect(bytesOf(editor.mask)).toEqual(bytesOf(replayed(editor.commands)))
  })

  it('of another picture are dropped', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.delays.mask = 200
    void tab.app.operations.apply({ kind: 'grow', radius: 2 })
    await pass(50)
    await openPhoto(tab, 'other.png')
    await pass(1000)
    expect(editorOf(tab).commands).toEqual([])
  })

  it('a dragged value changes the last one in its step, and only the newest counts', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.delays.mask = 40
    void tab.app.operations.apply({ kind: 'grow', radius: 1 })
    for (let radius = 2; radius <= 9; radius++) {
      void tab.app.operations.adjust({ kind: 'grow', radius })
      await pass(10)
    }
    await pass(1000)
    const { commands } = editorOf(tab)
    expect(commands.slice(1)).toEqual([{ kind: 'grow', radius: 9 }])
    tab.app.session.undo()
    expect(masked(tab)).toBe(20 * 16)
  })

  it('a dragged value does nothing once the mask has changed', async () => {
    const tab = await readyTab(new FakeBrowser())
    void tab.app.operations.apply({ kind: 'grow', radius: 1 })
    await pass(100)
    paint(tab, 40, 40, 2, 2)
    void tab.app.operations.adjust({ kind: 'grow', radius: 8 })
    await pass(500)
    expect(editorOf(tab).commands.map(({ kind }) => kind)).toEqual(['rectangle', 'grow', 'rectangle'])
  })

  it('a worker that fails is said, and the next operation runs', async () => {
    const tab = await readyTab(new FakeBrowser())
    const command = tab.ports.masks.command
    Object.assign(tab.ports.masks, { command: () => Promise.reject(new Error('gone')) })
    void tab.app.operations.apply({ kind: 'grow', radius: 2 })
    await pass(100)
    Object.assign(tab.ports.masks, { command })
    void tab.app.operations.apply({ kind: 'grow', radius: 2 })
    await pass(100)
    expect(editorOf(tab).commands.map(({ kind }) => kind)).toEqual(['rectangle', 'grow'])
    expect(tab.app.messages.store.getState().messages).toHaveLength(1)
  })
})
