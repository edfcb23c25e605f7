import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createMask, readMask } from '../../core/mask/mask'
import { replayCommands } from '../../core/mask/command/maskCommand'
import { changedOutside } from '../../core/document/outsideChange'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage } from '../fakePictures.testkit'
import { apply, inFakeTime, openPhoto, openTab, pass, ran } from '../tab.testkit'
import { readPicture } from '../session/patches'
import { patchesOf } from '../session/source'

inFakeTime()

const WHOLE = { x: 0, y: 0, width: 120, height: 90 }

it('twenty rounds on a model that changes everything change no byte outside the masks', async () => {
  const tab = await openTab(new FakeBrowser())
  tab.app.settings.set({ backendId: 'replicate', backendUrl: 'https://api.example/v1' })
  await openPhoto(tab, 'photo.png', WHOLE.width, WHOLE.height)
  tab.app.forms.setFields({ prompt: 'a test' })
  const spots = fc.record({ x: fc.nat(105), y: fc.nat(80), size: fc.integer({ min: 6, max: 30 }) })
  const masks = fc.sample(spots, { numRuns: 20, seed: 5 }).map(({ x, y, size }, round) => ({
    kind: 'stroke' as const,
    mode: 'paint' as const,
    size,
    hardness: round * 5,
    opacity: 100,
    points: [
      { x, y, pressure: 255 },
      { x: x + 10, y: y + 5, pressure: 255 },
    ],
  }))
  const base = fakeImage(WHOLE.width, WHOLE.height)
  const masked = createMask(WHOLE)
  for (const command of masks) {
    replayCommands(masked, [command])
    tab.app.session.editor()!.apply(command)
    await pass(1000)
    await apply(tab, await ran(tab))
  }
  const source = tab.app.session.store.getState().source!
  const picture = readPicture(source, WHOLE)
  expect(patchesOf(source)).toHaveLength(20)
  const { data } = readMask(masked, WHOLE)
  const changed = { inside: 0, outside: 0 }
  for (let i = 0; i < picture.data.length; i++) {
    if (picture.data[i] !== base.data[i]) changed[data[i >> 2] > 0 ? 'inside' : 'outside']++
  }
  expect(changed.outside).toBe(0)
  expect(changed.inside).toBeGreaterThan(1000)
  await pass(2000)
  expect(tab.app.state.read().patches.outside).toEqual({ count: 0, rects: [] })
  // The count sees what is there.
  const free = data.indexOf(0)
  picture.data[4 * free + 3] ^= 1
  expect(changedOutside({ patches: patchesOf(source), rect: WHOLE, picture, base })).toEqual({
    count: 1,
    rect: { x: free % WHOLE.width, y: Math.floor(free / WHOLE.width), width: 1, height: 1 },
  })
})
