import { expose, transfer } from 'comlink'
import { convertColors } from '../core/image/color/convertColors'
import { freeBytes } from '../core/freeBytes'
import { heatMap } from '../core/image/difference'
import { isOpaque } from '../core/image/raster'
import { resampleRgba } from '../core/image/resample'
import { scaleInput } from '../core/run/scaleInput'
import { rotatedMask, rotateRgba, turnRgba } from '../core/image/rotate'
import { placeOutput } from '../core/run/placeOutput'
import type { CodecApi } from './codecApi'
import { decodePicture, decodePixels } from './codecDecode'
import { encodeLossy, encodePng, isRgba } from './codecEncode'
import { bitmapSpace, halvings, shownBitmap } from './codecLevels'
import { shareErrors } from './workerErrors'

const api: CodecApi = {
  async decode(blob, name) {
    const decoded = await decodePicture(blob, name)
    return transfer(decoded, [decoded.image.data.buffer, ...decoded.levels])
  },

  async pixels(blob, name, quarters) {
    const image = await decodePixels(blob, name)
    const turned = turnRgba(image, quarters)
    if (turned !== image) freeBytes(image.data)
    return transfer(turned, [turned.data.buffer])
  },

  async makeLevels(image) {
    const levels = halvings(await shownBitmap(image), bitmapSpace(image.profile))
    return transfer({ levels, opaque: isOpaque(image) }, levels)
  },

  async place(job, isDrawn) {
    const placed = placeOutput(job)
    const { crop, raw } = placed
    const levels = isDrawn ? halvings(await shownBitmap(crop), bitmapSpace(crop.profile)) : []
    // Without a mask both are one.
    const buffers = new Set([crop.data.buffer, ...(raw ? [raw.pixels.data.buffer] : [])])
    for (const part of [job.answer, job.before, job.coverage])
      if (part && !buffers.has(part.data.buffer)) freeBytes(part.data)
    return transfer({ ...placed, levels, opaque: isOpaque(crop) }, [...buffers, ...levels])
  },

  // Comlink's calls are answered later anyway.
  // oxlint-disable-next-line require-await
  async difference(before, after, side) {
    const map = heatMap(resampleRgba(before, after.width, after.height), after, side)
    for (const { data } of [before, after]) freeBytes(data)
    return transfer(map, [map.data.buffer])
  },

  async rotate(picture, mask, degrees) {
    const image = rotateRgba(picture, degrees)
    const turned = rotatedMask(mask, degrees)
    const levels = halvings(await shownBitmap(image), bitmapSpace(image.profile))
    const buffers = [image.data.buffer, turned.data.buffer, ...levels]
    return transfer({ image, mask: turned, levels, opaque: isOpaque(image) }, buffers)
  },

  // Comlink's calls are answered later anyway.
  // oxlint-disable-next-line require-await
  async scale(pixels, size, prefill) {
    const scaled = scaleInput(pixels, size, prefill)
    const { image, mask, sources, bare } = scaled
    const buffers = [image, mask, sources, bare].flatMap((part) => (part ? [part.data.buffer] : []))
    return transfer(scaled, buffers)
  },

  async encodePng(image) {
    const file = new Blob([await encodePng(image)], { type: 'image/png' })
    freeBytes(image.data)
    return file
  },

  async encodeSrgbPng(image) {
    const shown = isRgba(image) ? convertColors(image) : image
    const file = new Blob([await encodePng(shown)], { type: 'image/png' })
    freeBytes(image.data)
    return file
  },

  encodeLossy,
}

shareErrors()
expose(api)
