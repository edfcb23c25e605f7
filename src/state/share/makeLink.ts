import { backendDescriptor } from '../../backends/backendRegistry'
import { normalizeBaseUrl } from '../../backends/wire/baseUrl'
import { toBase64Url } from '../../core/base64'
import {
  encodeLink,
  MAX_LINK_CHARS,
  MAX_LINK_MASK_BYTES,
  MAX_LINK_PICTURE_BYTES,
} from '../../core/document/codec/linkCodec'
import { NO_AREAS, type PartialDocument, partialOf, setupOnly } from '../../core/document/partialDocument'
import { encodeCommands, fitsLink } from '../../core/mask/command/maskCodec'
import { selectModel } from '../model/formSelectors'
import { captureDocument, selectSetup } from '../session/setup'
import { baseOf, patchesOf } from '../session/source'
import type { LinkRooms } from './linkRooms'

export const PREFIX = '#p1='

export interface MadeLink {
  readonly url: string
  /** False where the mask was too large to go with it. */
  readonly masked: boolean
  /** False where kept results did not go with it. */
  readonly patched: boolean
  /** The reader has to bring the picture. */
  readonly needsFile: boolean
}

export interface LinkMaker {
  /**
   * The address that restores what is open: picture, mask, form, model. Never a key.
   * @param picture the open picture's file, small, to go with it
   */
  make(picture?: Uint8Array<ArrayBuffer> | null): Promise<MadeLink>
  /**
   * The open picture as a link can carry it, at its own size so that the mask fits, without metadata.
   * @returns null where it has an address, or does not come down to `MAX_LINK_PICTURE_BYTES`
   */
  smallPicture(): Promise<Uint8Array<ArrayBuffer> | null>
}

/** @returns null where it is no address of a backend */
export function safeBase(url: string, pageUrl: string): string | null {
  try {
    return normalizeBaseUrl(url, pageUrl)
  } catch {
    return null
  }
}

export function createLinkMaker({ ports, session, forms }: LinkRooms): LinkMaker {
  const pageUrl = ports.page.base

  const capture = (): PartialDocument => {
    const context = forms.context()
    const schemaVersion = selectModel(context).version
    const document = captureDocument(session.store.getState(), context)
    const said = document ? partialOf(document, schemaVersion) : formOnly(selectSetup(context), schemaVersion)
    const { backend, ...setup } = said.setup
    const url = backend?.url ? safeBase(backend.url, pageUrl) : null
    const shown = backend && backendDescriptor(backend.id).needsUrl ? { backend: { ...backend, url } } : {}
    return { ...said, setup: { ...setup, ...shown } }
  }

  const addressOf = async (link: PartialDocument) =>
    pageUrl + PREFIX + toBase64Url(await ports.deflate.pack(encodeLink(link)))

  return {
    async make(picture = null) {
      const said = capture()
      const isFile = said.base?.kind === 'file'
      const link = isFile && picture ? { ...said, picture } : said
      const needsFile = isFile && !picture
      const { source } = session.store.getState()
      const patched = !source || patchesOf(source).length === 0
      const url = await addressOf(link)
      const fits = url.length - pageUrl.length <= MAX_LINK_CHARS
      if (fits && fitsMasks(link)) return { url, masked: true, patched, needsFile }
      const { regions: _, ...others } = link
      const bare = { ...others, ...NO_AREAS }
      return { url: await addressOf(bare), masked: false, patched, needsFile }
    },
    async smallPicture() {
      const { source } = session.store.getState()
      if (source?.link.kind !== 'file') return null
      return ports.codec.encodeSmall(baseOf(source).pixels, MAX_LINK_PICTURE_BYTES)
    },
  }
}

/** A link without a picture. */
function formOnly(setup: ReturnType<typeof selectSetup>, schemaVersion: string): PartialDocument {
  return setupOnly({ ...setup, version: setup.version ?? schemaVersion })
}

function fitsMasks({ mask, sampling, guides, regions = [] }: PartialDocument): boolean {
  const areas = [mask, sampling, guides, ...regions.map((region) => region.mask)]
  const bytes = areas.reduce((sum, commands) => sum + encodeCommands(commands).length, 0)
  return areas.every(fitsLink) && bytes <= MAX_LINK_MASK_BYTES
}
