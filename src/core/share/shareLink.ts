import { decodeLink, encodeLink } from '../document/codec/linkCodec'
import * as linkCodec from '../document/codec/linkCodec'
import type { LinkedSource as DocumentSource } from '../document/document'
import type { PartialDocument } from '../document/partialDocument'
import type { Size } from '../geometry'
import type { MaskCommand } from '../mask/command/maskCommand'

export type LinkedSource = DocumentSource

/** A link in the shape of version 1, for what has not moved to PartialDocument. */
export interface ShareLink {
  readonly version: 1
  readonly source: LinkedSource | null
  readonly size: Size | null
  readonly commands: readonly MaskCommand[]
  readonly complete: boolean
  readonly backend: { readonly id: string; readonly url: string | null } | null
  readonly modelVersion: string | null
  readonly params: Readonly<Record<string, string | number | boolean>>
}

export const { MAX_LINK_CHARS, MAX_LINK_BYTES, MAX_LINK_MASK_BYTES } = linkCodec

export function packShareLink(link: ShareLink): Uint8Array<ArrayBuffer> {
  const { source, size, commands, backend, modelVersion, params } = link
  return encodeLink({
    base: source,
    size,
    frame: null,
    mask: commands,
    complete: true,
    setup: {
      ...(backend ? { backend } : {}),
      ...(modelVersion === null ? {} : { version: modelVersion }),
      params,
    },
  })
}

export function unpackShareLink(bytes: Uint8Array): ShareLink {
  return shareLinkOf(decodeLink(bytes))
}

export function readHandWrittenLink(query: string): ShareLink | null {
  const link = linkCodec.readHandWrittenLink(query)
  return link && shareLinkOf(link)
}

function shareLinkOf({ base, size, mask, complete, setup }: PartialDocument): ShareLink {
  const { backend = null, version = null, params = {}, options = {} } = setup
  const plain = Object.entries({ ...params, ...options }).filter(
    (entry): entry is [string, string | number | boolean] => typeof entry[1] !== 'object',
  )
  return {
    version: 1,
    source: base,
    size,
    commands: mask,
    complete,
    backend,
    modelVersion: version,
    params: Object.fromEntries(plain),
  }
}
