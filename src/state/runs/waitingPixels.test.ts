import { expect, it, vi } from 'vitest'
import { createRgba } from '../../core/image/raster'
import type { PixelStore } from '../session/pixelStore'
import { heldAnswer } from './heldAnswer'
import { createTurns } from './turns'
import { createWaitingPixels, type PlacedPixels } from './waitingPixels'

/** Of 32 bytes. */
function answer(value: number): PlacedPixels {
  const [crop, raw] = [createRgba(2, 2), createRgba(2, 2)]
  crop.data.fill(value)
  raw.data.fill(value + 1)
  return { crop, raw }
}

it('answers within the limit are held; one beyond is freed at once, and made again for both of its parts', async () => {
  const waiting = createWaitingPixels(64)
  const again = vi.fn(() => Promise.resolve(answer(9)))
  const [a, b] = [answer(1), answer(2)]
  const held = [waiting.hold(a, again), waiting.hold(b, again)]
  expect([await held[0].read(), await held[1].read()]).toEqual([a, b])
  expect(again).not.toHaveBeenCalled()

  const large = answer(9)
  const beyond = waiting.hold(large, again)
  expect([large.crop.data.length, large.raw!.data.length]).toEqual([0, 0])
  const first = await beyond.read()
  expect(await beyond.read()).toBe(first)
  expect(first).toEqual(answer(9))
  expect(again).toHaveBeenCalledTimes(1)

  // What is on disk leaves room for the next.
  held[0].release()
  held[0].release()
  const next = answer(3)
  expect(await waiting.hold(next, again).read()).toBe(next)
  expect(waiting.hold(answer(4), again) && again).toHaveBeenCalledTimes(1)
})

it('one alone is held whatever its size, and so is what cannot be made again', async () => {
  const waiting = createWaitingPixels(8)
  const [a, b] = [answer(1), answer(2)]
  expect(await waiting.hold(a, () => Promise.reject(new Error('not asked for'))).read()).toBe(a)
  expect(await waiting.hold(b, null).read()).toBe(b)
})

it('one of another answer takes the place of what was made again, and a failure is none', async () => {
  const waiting = createWaitingPixels(8)
  waiting.hold(answer(0), null)
  let tries = 0
  const one = waiting.hold(answer(1), () =>
    tries++ === 0 ? Promise.reject(new Error('gone')) : Promise.resolve(answer(1)),
  )
  const other = waiting.hold(answer(2), () => Promise.resolve(answer(2)))
  await expect(one.read()).rejects.toThrow('gone')
  expect(await one.read()).toEqual(answer(1))
  expect(await other.read()).toEqual(answer(2))
  expect(await one.read()).toEqual(answer(1))
  expect(tries).toBe(3)
})

it('crop and raw answer count until both are kept', async () => {
  const waiting = createWaitingPixels(32)
  const placed = answer(5)
  const keep = vi.fn(() => Promise.resolve('key'))
  const rect = { x: 0, y: 0, width: 2, height: 2 }
  const pixels = { keep } as unknown as PixelStore
  const { crop, raw } = heldAnswer(waiting.hold(placed, null), placed.crop, rect, pixels, () =>
    Promise.reject(new Error('not asked for')),
  )
  expect(await crop.read()).toBe(placed.crop)
  crop.release()
  // The raw answer still counts.
  const again = vi.fn(() => Promise.resolve(answer(6)))
  await waiting.hold(answer(6), again).read()
  expect(again).toHaveBeenCalledTimes(1)
  expect([await raw!.key(), await raw!.key()]).toEqual(['key', 'key'])
  expect(keep).toHaveBeenCalledExactlyOnceWith(placed.raw, false)
  const next = answer(7)
  expect(await waiting.hold(next, again).read()).toBe(next)
})

it('works start one after the other, past one that fails', async () => {
  const inTurn = createTurns()
  const log: string[] = []
  const work = async (name: string, fails = false) => {
    log.push(`${name} starts`)
    await Promise.resolve()
    log.push(`${name} ends`)
    if (fails) throw new Error(name)
    return name
  }
  const all = [inTurn(() => work('a')), inTurn(() => work('b', true)), inTurn(() => work('c'))]
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
  expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends'])
})
