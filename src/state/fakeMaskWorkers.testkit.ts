import { composePatch } from '../core/document/composePatch'
import { changedOutside } from '../core/document/outsideChange'
import { LiveBlend } from '../core/document/liveBlend'
import { cutBands, runBand } from '../core/mask/command/maskBand'
import { replayCommands } from '../core/mask/command/maskCommand'
import { createMask } from '../core/mask/mask'
import { maskOutline } from '../core/mask/raster/maskOutline'
import { turnMask } from '../core/mask/command/turnMask'
import { replayMask } from '../core/mask/command/replayMask'
import { importMask } from '../core/mask/command/maskImport'
import type { Ports } from './ports'
import { type Delays, later } from './fakeDelays.testkit'
import type { FakeBitmaps } from './fakeCodec.testkit'

/** The workers of masks, in this thread. */
export function fakeMasks(delays: Delays): Ports['masks'] {
  return {
    async command(mask, command) {
      const bands = cutBands(mask, command, 2)
      const changes = bands.flatMap((band) => runBand(structuredClone(band), command))
      await later(delays.mask)
      return changes
    },
    selection: () => Promise.reject(new Error('not faked')),
    review: () => Promise.resolve(null),
    async importMask(picture, size) {
      await later(delays.mask)
      return importMask(picture, size)
    },
    async replay(frame, commands, into) {
      await later(delays.mask)
      return replayMask(frame, commands, into)
    },
    turn: (...job) => Promise.resolve(turnMask(...job)),
    async outline(frame, commands) {
      await later(delays.mask)
      const mask = createMask(frame)
      replayCommands(mask, commands)
      return maskOutline(mask)
    },
    prepareOperations: () => {},
    prepareSelection: () => Promise.resolve(),
    openDisplay: () => Promise.reject(new Error('not faked')),
  }
}

/** The worker of kept results, in this thread. */
export function fakePatches(delays: Delays, bitmaps: FakeBitmaps): Ports['patches'] {
  let live: LiveBlend | null = null
  return {
    async compose(job) {
      const sent = structuredClone(job, { transfer: [job.below.data.buffer] })
      await later(delays.place)
      const composed = composePatch(sent.patch, sent.pixels, sent.below)
      return composed && { ...composed, levels: [bitmaps.make()], opaque: true }
    },
    async outside(job) {
      const sent = structuredClone(job)
      await later(delays.place)
      return changedOutside(sent)
    },
    openLive(job) {
      live = new LiveBlend(structuredClone(job, { transfer: [job.below.data.buffer] }))
      return Promise.resolve()
    },
    async drawLive(blend, view) {
      await later(delays.place)
      const drawn = live?.draw(blend, view)
      return drawn ? { rect: drawn.rect, levels: [bitmaps.make()], opaque: true } : null
    },
  }
}
