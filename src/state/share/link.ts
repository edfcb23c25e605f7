import type { StoreApi } from 'zustand/vanilla'
import { BACKENDS } from '../../backends/backendRegistry'
import { fromBase64Url } from '../../core/base64'
import { readHandWrittenLink, readReplicateAddress } from '../../core/document/codec/handWrittenLink'
import { decodeLink, MAX_LINK_CHARS } from '../../core/document/codec/linkCodec'
import { MAX_LINK_BYTES } from '../../core/document/codec/linkPayload'
import { isLinkText } from '../../core/document/codec/linkText'
import type { PartialDocument } from '../../core/document/partialDocument'
import { AppError } from '../../core/errors'
import { printable } from '../../core/url/imageUrl'
import type { LinkRooms } from './linkRooms'
import { createLinkMaker, type LinkMaker, PREFIX, safeBase } from './makeLink'
import { takeLink } from './takeLink'

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

export interface Links {
  readonly make: LinkMaker['make']
  readonly smallPicture: LinkMaker['smallPicture']
  /**
   * Puts the link on the clipboard.
   * @param picture as for `make`
   * @returns the link, so that it can be shown where copying is refused
   */
  copy(picture?: Uint8Array<ArrayBuffer> | null): Promise<string | null>
  /**
   * Reads the page's address, removes it from the address bar, and takes it over or asks first. Nothing runs by itself.
   * @returns true where the address held a link, good or bad
   */
  open(address: URL): Promise<boolean>
  /** Opens a link that was pasted, in the same way. @returns false where the text is none */
  openText(text: string): Promise<boolean>
  /** Fills form and editor from a link. @param withBackend only after the user said so */
  take(link: PartialDocument, withBackend: boolean): Promise<void>
}

export function createLinks(rooms: LinkRooms, store: StoreApi<LinkState>): Links {
  const { ports, messages, session, opener, settings } = rooms
  const pageUrl = ports.page.base

  const maker = createLinkMaker(rooms)
  const baseUrl = (url: string) => safeBase(url, pageUrl)

  /** What a link names as backend and nobody can use, to be shown; null where it names none, or a good one. */
  const refusedUrl = ({ setup: { backend } }: PartialDocument): string | null => {
    if (!backend) return null
    if (!BACKENDS.some(({ id }) => id === backend.id)) return printable(backend.id)
    return backend.url !== null && baseUrl(backend.url) === null ? printable(backend.url.slice(0, 200)) : null
  }

  /** Only an address that differs from the one in use is a suggestion. */
  const suggestedUrl = (link: PartialDocument): string | null => {
    const { setup } = link
    const url = setup.backend?.url ? baseUrl(setup.backend.url) : null
    if (url === null || refusedUrl(link) !== null) return null
    const { backendId, backendUrl } = settings.store.getState()
    return backendId === setup.backend?.id && baseUrl(backendUrl) === url ? null : url
  }

  // Another picture is open now: the file that is opened next has nothing to do with the link.
  session.store.subscribe((now, before) => {
    if (now.source !== before.source && store.getState().awaited) store.setState({ awaited: null })
  })

  // The mask for a file that a link named: used if the picture has the link's size.
  opener.onFile((size, sha256) => {
    const { awaited } = store.getState()
    if (!awaited) return null
    store.setState({ awaited: null })
    if (awaited.size && (awaited.size.width !== size.width || awaited.size.height !== size.height)) {
      messages.notify('other-file', { ...awaited.size })
      return null
    }
    const { base } = awaited
    const isOther = base?.kind === 'file' && base.sha256 !== null && sha256 !== null && base.sha256 !== sha256
    if (isOther) messages.notify('similar-file', { name: base.name })
    const { mask: commands, sampling, guides, frame, sent, regions = [] } = awaited
    return { commands, sampling, guides, frame, sent, regions }
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

  /** Takes a link over, or asks first where that would replace work or suggests another backend. */
  const offer = async (link: PartialDocument) => {
    const { editor } = session.store.getState()
    const isNew = link.base !== null || link.maskUrl !== undefined
    const replaces = editor !== null && editor.steps.length > 0 && isNew
    const backendUrl = suggestedUrl(link)
    if (replaces || backendUrl !== null) store.setState({ question: { link, replaces, backendUrl } })
    else await links.take(link, false)
    const refused = refusedUrl(link)
    if (refused !== null) messages.report(new AppError('share/bad-backend', { params: { url: refused } }))
  }

  const links: Links = {
    make: maker.make,
    smallPicture: maker.smallPicture,
    async copy(picture = null) {
      try {
        const { url, masked, patched, needsFile } = await maker.make(picture)
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
      await offer(link)
      return true
    },
    async openText(text) {
      if (!isLinkText(text, pageUrl)) return false
      try {
        const link = readReplicateAddress(text) ?? (await read(new URL(text.trim())))
        if (!link) return false
        await offer(link)
      } catch (error) {
        messages.report(error)
      }
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
