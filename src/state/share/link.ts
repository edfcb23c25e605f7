import type { StoreApi } from 'zustand/vanilla'
import { backendDescriptor, BACKENDS } from '../../backends/backendRegistry'
import { normalizeBaseUrl } from '../../backends/wire/baseUrl'
import { fromBase64Url, toBase64Url } from '../../core/base64'
import {
  decodeLink,
  encodeLink,
  MAX_LINK_BYTES,
  MAX_LINK_CHARS,
  MAX_LINK_MASK_BYTES,
  readHandWrittenLink,
} from '../../core/document/codec/linkCodec'
import { type PartialDocument, partialOf } from '../../core/document/partialDocument'
import { AppError } from '../../core/errors'
import type { Size } from '../../core/geometry'
import { printable } from '../../core/url/imageUrl'
import { encodeCommands, fitsLink } from '../../core/mask/command/maskCodec'
import { selectModel } from '../model/formSelectors'
import { captureDocument, selectSetup } from '../session/setup'
import { patchesOf } from '../session/source'
import type { LinkRooms } from './linkRooms'
import { takeLink } from './takeLink'

const PREFIX = '#p1='

/** What a link asks before it is taken over. */
export interface LinkQuestion {
  readonly link: PartialDocument
  /** The open picture and mask would be replaced. */
  readonly replaces: boolean
  /** The backend it suggests, as the settings would show it; null where it names none that is new. */
  readonly backendUrl: string | null
}

export interface LinkState {
  readonly question: LinkQuestion | null
  /** A link that waits for the file it names. */
  readonly awaited: PartialDocument | null
}

export interface MadeLink {
  readonly url: string
  /** False where the mask was too large to go with it. */
  readonly masked: boolean
  /** False where kept results did not go with it. */
  readonly patched: boolean
  /** The reader has to bring the picture. */
  readonly needsFile: boolean
}

export interface Links {
  /** The address that restores what is open: picture, mask, form, model. Never a key. */
  make(): Promise<MadeLink>
  /** Puts the link on the clipboard. @returns the link, so that it can be shown where copying is refused */
  copy(): Promise<string | null>
  /**
   * Reads the page's address, removes it from the address bar, and takes it over or asks first. Nothing runs by itself.
   * @returns true where the address held a link, good or bad
   */
  open(address: URL): Promise<boolean>
  /** Fills form and editor from a link. @param withBackend only after the user said so */
  take(link: PartialDocument, withBackend: boolean): Promise<void>
}

export function createLinks(rooms: LinkRooms, store: StoreApi<LinkState>): Links {
  const { ports, messages, session, opener, forms, settings } = rooms
  const pageUrl = ports.page.base

  const safeBase = (url: string): string | null => {
    try {
      return normalizeBaseUrl(url, pageUrl)
    } catch {
      return null
    }
  }

  /** What a link names as backend and nobody can use, to be shown; null where it names none, or a good one. */
  const refusedUrl = ({ setup: { backend } }: PartialDocument): string | null => {
    if (!backend) return null
    if (!BACKENDS.some(({ id }) => id === backend.id)) return printable(backend.id)
    return backend.url !== null && safeBase(backend.url) === null
      ? printable(backend.url.slice(0, 200))
      : null
  }

  /** Only an address that differs from the one in use is a suggestion. */
  const suggestedUrl = (link: PartialDocument): string | null => {
    const { setup } = link
    const url = setup.backend?.url ? safeBase(setup.backend.url) : null
    if (url === null || refusedUrl(link) !== null) return null
    const { backendId, backendUrl } = settings.store.getState()
    return backendId === setup.backend?.id && safeBase(backendUrl) === url ? null : url
  }

  const capture = (): PartialDocument => {
    const context = forms.context()
    const schemaVersion = selectModel(context).version
    const document = captureDocument(session.store.getState(), context)
    const said = document ? partialOf(document, schemaVersion) : formOnly(selectSetup(context), schemaVersion)
    const { backend, ...setup } = said.setup
    const url = backend?.url ? safeBase(backend.url) : null
    const shown = backend && backendDescriptor(backend.id).needsUrl ? { backend: { ...backend, url } } : {}
    return { ...said, setup: { ...setup, ...shown } }
  }

  const addressOf = async (link: PartialDocument) =>
    pageUrl + PREFIX + toBase64Url(await ports.deflate.pack(encodeLink(link)))

  // Another picture is open now: the file that is opened next has nothing to do with the link.
  session.store.subscribe((now, before) => {
    if (now.source !== before.source && store.getState().awaited) store.setState({ awaited: null })
  })

  // The mask for a file that a link named: used if the picture has the link's size.
  opener.onFile((size: Size) => {
    const { awaited } = store.getState()
    if (!awaited) return null
    store.setState({ awaited: null })
    if (awaited.size && (awaited.size.width !== size.width || awaited.size.height !== size.height)) {
      messages.notify('other-file', { ...awaited.size })
      return null
    }
    return { commands: awaited.mask, sampling: awaited.sampling, frame: awaited.frame }
  })

  store.subscribe(({ awaited }, before) => {
    if (before.awaited && !awaited) messages.dismissNotice('link-needs-file')
  })

  const read = async ({ hash, search }: URL): Promise<PartialDocument | null> => {
    if (hash.startsWith('#p') && /^#p\d+=/.test(hash)) {
      if (hash.length > MAX_LINK_CHARS) throw new AppError('share/too-large')
      if (!hash.startsWith(PREFIX)) throw new AppError('share/newer-version')
      const packed = fromBase64Url(hash.slice(PREFIX.length))
      if (!packed || packed.length === 0) throw new AppError('share/unreadable')
      return decodeLink(await ports.deflate.unpack(packed, MAX_LINK_BYTES))
    }
    if (hash.length + search.length > MAX_LINK_CHARS) throw new AppError('share/too-large')
    return readHandWrittenLink([search.slice(1), hash.slice(1)].filter(Boolean).join('&'))
  }

  const links: Links = {
    async make() {
      const link = capture()
      const needsFile = link.base?.kind === 'file'
      const url = await addressOf(link)
      const fits = url.length - pageUrl.length <= MAX_LINK_CHARS
      const { source } = session.store.getState()
      const patched = !source || patchesOf(source).length === 0
      if (fits && fitsLink(link.mask) && fitsLink(link.sampling) && fitsMasks(link))
        return { url, masked: true, patched, needsFile }
      return { url: await addressOf({ ...link, mask: [], sampling: [] }), masked: false, patched, needsFile }
    },
    async copy() {
      try {
        const { url, masked, patched, needsFile } = await links.make()
        try {
          await ports.clipboard.copyText(url)
          const name = session.store.getState().source?.name ?? ''
          messages.notify(masked ? (needsFile ? 'link-of-file' : 'link-copied') : 'link-without-mask', {
            name,
          })
          if (!patched) messages.notify('link-without-results')
        } catch (cause) {
          messages.report(new AppError('share/no-secure-copy', { cause }))
        }
        return url
      } catch (error) {
        messages.report(error)
        return null
      }
    },
    async open(address) {
      let link: PartialDocument | null
      try {
        link = await read(address)
      } catch (error) {
        ports.page.clearAddress()
        messages.report(error)
        return true
      }
      if (!link) return false
      ports.page.clearAddress()
      const { editor } = session.store.getState()
      const isNew = link.base !== null || link.maskUrl !== undefined
      const replaces = editor !== null && editor.steps.some(({ command }) => command !== null) && isNew
      const backendUrl = suggestedUrl(link)
      if (replaces || backendUrl !== null) store.setState({ question: { link, replaces, backendUrl } })
      else await links.take(link, false)
      const refused = refusedUrl(link)
      if (refused !== null) messages.report(new AppError('share/bad-backend', { params: { url: refused } }))
      return true
    },
    async take(link, withBackend) {
      store.setState({ question: null, awaited: null })
      const url = suggestedUrl(link)
      if (withBackend && url !== null && link.setup.backend) {
        settings.set({ backendId: link.setup.backend.id, backendUrl: url })
      }
      await takeLink(rooms, link, () => store.setState({ awaited: link }))
    },
  }
  return links
}

/** A link without a picture. */
function formOnly(setup: ReturnType<typeof selectSetup>, schemaVersion: string): PartialDocument {
  const named = { ...setup, version: setup.version ?? schemaVersion }
  return { base: null, size: null, frame: null, mask: [], sampling: [], complete: true, setup: named }
}

function fitsMasks({ mask, sampling }: PartialDocument): boolean {
  return encodeCommands(mask).length + encodeCommands(sampling).length <= MAX_LINK_MASK_BYTES
}
