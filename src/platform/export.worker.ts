import { expose } from 'comlink'
import { convertColors } from '../core/image/color/convertColors'
import { exportPixels } from '../core/image/exportPixels'
import { FileBytes } from '../core/image/file/fileBytes'
import { cameraFacts, cleanExif } from '../core/image/metadata/exif'
import { findMetadata } from '../core/image/metadata/findMetadata'
import { withMetadata } from '../core/image/metadata/withMetadata'
import type { RgbaImage } from '../core/image/raster'
import { encodeLossy, encodePng } from './codecEncode'
import { EXPORT_FORMATS, type ExportApi, type ExportFormat, type ExportJob } from './exportApi'
import { shareErrors } from './workerErrors'

function metadataOf(file: Blob) {
  const read = async (start: number, end: number) =>
    new Uint8Array(await file.slice(start, end).arrayBuffer())
  return findMetadata(new FileBytes(file.size, read))
}

async function canEncode(format: ExportFormat): Promise<boolean> {
  const type = `image/${format}`
  const canvas = new OffscreenCanvas(1, 1)
  // A canvas without a context cannot be encoded.
  canvas.getContext('2d')
  return (await canvas.convertToBlob({ type })).type === type
}

async function encodePixels(image: RgbaImage, { format, quality }: ExportJob): Promise<Blob> {
  if (format === 'png') return new Blob([await encodePng(image)], { type: 'image/png' })
  // No profile can be put into an AVIF here: its values are those of sRGB.
  const shown = format === 'avif' ? convertColors(image) : image
  return encodeLossy(shown, `image/${format}`, quality)
}

const api: ExportApi = {
  async formats() {
    const known = await Promise.all(EXPORT_FORMATS.map(canEncode))
    return EXPORT_FORMATS.filter((_, i) => known[i])
  },

  async facts(file) {
    const { exif, document, damaged } = await metadataOf(file)
    const none = { camera: false, location: false }
    return { ...(exif ? cameraFacts(exif) : none), document, damaged }
  },

  async encode(job) {
    const { about, camera, size } = job
    const blob = await encodePixels(exportPixels(job.content, size), job)
    const exif = camera && (await metadataOf(camera.file)).exif
    const metadata = { about, exif: exif && cleanExif(exif, size, camera.location) }
    const bytes = withMetadata(new Uint8Array(await blob.arrayBuffer()), blob.type, metadata)
    return new Blob([bytes], { type: blob.type })
  },
}

shareErrors()
expose(api)
