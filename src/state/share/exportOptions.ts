import type { ExportContent } from '../../core/image/exportPixels'
import type { ExportFormat } from '../../platform/exportApi'

/** What an export is set to. */
export interface ExportOptions {
  readonly area: ExportContent['kind']
  readonly format: ExportFormat
  /** Whole percents; of no meaning to PNG. */
  readonly quality: number
  /** Whole percents of the picture's own size. */
  readonly scale: number
  /** Prompt, model and settings go along. */
  readonly about: boolean
  /** The camera's data go along. */
  readonly camera: boolean
  /** So does where it was taken. */
  readonly location: boolean
}

/** What an export is until something is chosen. */
export const FIRST_EXPORT: ExportOptions = {
  area: 'whole',
  format: 'png',
  quality: 92,
  scale: 100,
  about: true,
  camera: false,
  location: false,
}

/** True for formats with transparency. */
export function keepsAlpha(format: ExportFormat): boolean {
  return format !== 'jpeg'
}

/** What is cut out is transparent around, and the place is part of the camera's data. */
export function settledOptions(options: ExportOptions): ExportOptions {
  const format = options.area === 'alone' && !keepsAlpha(options.format) ? 'png' : options.format
  return { ...options, format, location: options.camera && options.location }
}
