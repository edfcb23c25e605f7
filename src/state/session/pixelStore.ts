import type { PixelKey } from '../../core/document/document'
import type { RgbaImage } from '../../core/image/raster'
import type { Quarters } from '../../core/image/rotate'
import type { Ports } from '../ports'

/** Decoded pixels that stay in memory, bytes: those used last. */
const MAX_HELD_BYTES = 128 * 2 ** 20

/** The raw pixels of kept results, named by the digest of their file. */
export interface PixelStore {
  /**
   * Takes pixels in. Whoever writes down the key writes the file with it, so that no sweep finds a file that nothing
   * names.
   * @param isWanted they stay in memory; else they are read again where they are wanted
   * @see PixelStore.filesOf
   */
  keep(pixels: RgbaImage, isWanted?: boolean): Promise<PixelKey>
  /** Takes in a file under the key that it has. */
  hold(key: PixelKey, file: Blob): void
  /** @param quarters by which they are turned, clockwise @returns null where they are gone, or cannot be read */
  load(key: PixelKey, quarters?: Quarters): Promise<RgbaImage | null>
  /**
   * The files of these keys, as far as this page has had them. Every write hands them in: a sweep may have deleted
   * what an earlier one wrote.
   */
  filesOf(keys: readonly PixelKey[]): ReadonlyMap<PixelKey, Blob>
}

export function createPixelStore({ codec, runs }: Pick<Ports, 'codec' | 'runs'>): PixelStore {
  const files = new Map<PixelKey, Blob>()
  /** By key and turn. Used last is last. */
  const held = new Map<string, RgbaImage>()
  const loading = new Map<string, Promise<RgbaImage | null>>()

  const touch = (key: string, pixels: RgbaImage) => {
    held.delete(key)
    held.set(key, pixels)
    let bytes = [...held.values()].reduce((sum, { data }) => sum + data.length, 0)
    for (const [old, { data }] of held) {
      if (bytes <= MAX_HELD_BYTES || old === key) break
      held.delete(old)
      bytes -= data.length
    }
    return pixels
  }

  const read = async (key: PixelKey, quarters: Quarters): Promise<RgbaImage | null> => {
    const name = nameOf(key, quarters)
    try {
      const file = files.get(key) ?? (await runs.holdSource(key))
      if (!file) return null
      files.set(key, file)
      return touch(name, await codec.pixels(file, key, quarters))
    } catch {
      return null
    } finally {
      loading.delete(name)
    }
  }

  return {
    async keep(pixels, isWanted = true) {
      const file = await codec.encodePng(pixels)
      const key = (await codec.sha256(file)) ?? crypto.randomUUID()
      files.set(key, file)
      if (isWanted) touch(nameOf(key, 0), pixels)
      return key
    },
    hold: (key, file) => void files.set(key, file),
    load(key, quarters = 0) {
      const name = nameOf(key, quarters)
      const pixels = held.get(name)
      if (pixels) return Promise.resolve(touch(name, pixels))
      const coming = loading.get(name) ?? read(key, quarters)
      loading.set(name, coming)
      return coming
    },
    filesOf: (keys) => new Map(keys.flatMap((key) => (files.has(key) ? [[key, files.get(key)!]] : []))),
  }
}

function nameOf(key: PixelKey, quarters: Quarters): string {
  return `${quarters} ${key}`
}
