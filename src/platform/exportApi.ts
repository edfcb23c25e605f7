import type { CameraFacts } from '../core/image/metadata/exif'
import type { About } from '../core/image/metadata/about'
import type { ExportContent } from '../core/image/exportPixels'
import type { Size } from '../core/geometry'

export const EXPORT_FORMATS = ['png', 'jpeg', 'webp', 'avif'] as const

export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** A file that is to be made. */
export interface ExportJob {
  readonly content: ExportContent
  /** Of the file, px; at most what the content has. */
  readonly size: Size
  readonly format: ExportFormat
  /** 0..1; of no meaning to PNG. */
  readonly quality: number
  readonly about: About | null
  /** The file whose camera data go along. */
  readonly camera: { readonly file: Blob; readonly location: boolean } | null
}

/** What a file says that this page could use. */
export interface FileFacts extends CameraFacts {
  /** `About.document`; null where there is none. */
  readonly document: string | null
  /** A document is there that cannot be read. */
  readonly damaged: boolean
}

/** What the export worker does. */
export interface ExportApi {
  /** Formats that this browser encodes. */
  formats(): Promise<readonly ExportFormat[]>
  facts(file: Blob): Promise<FileFacts>
  /** @returns a file; its type is PNG where the browser cannot write the format at this size */
  encode(job: ExportJob): Promise<Blob>
}
