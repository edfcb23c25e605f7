import { fromBase64Url } from '../../core/base64'
import { decodeLink } from '../../core/document/codec/linkCodec'
import { MAX_LINK_BYTES } from '../../core/document/codec/linkPayload'
import { NO_AREAS, type PartialDocument } from '../../core/document/partialDocument'
import type { LinkRooms } from './linkRooms'
import { takeLink } from './takeLink'

export interface Carried {
  /** Looks for what an exported file carries, and offers it. */
  look(file: Blob): Promise<void>
  /** Fills the form with it, and the mask where it is of this picture's size. Undo brings both back. */
  take(): Promise<void>
}

export function createCarried(rooms: LinkRooms): Carried {
  const { ports, messages, session, opener } = rooms
  /** What the open picture's file says about how it was made, until it is taken over; null for nothing. */
  let carried: PartialDocument | null = null

  const drop = () => {
    carried = null
    messages.dismissNotice('carries-settings')
  }

  /** @returns null where there is nothing @throws where it is damaged, or over a limit */
  const read = async (file: Blob): Promise<PartialDocument | null> => {
    const { document, damaged } = await ports.exports.facts(file)
    if (damaged) throw new RangeError('damaged metadata')
    if (document === null) return null
    const packed = fromBase64Url(document)
    if (!packed) throw new RangeError('damaged metadata')
    const said = decodeLink(await ports.deflate.unpack(packed, MAX_LINK_BYTES))
    // The file itself is the picture, and chooses no backend.
    const { backend: _, ...setup } = said.setup
    const { maskUrl: __, ...rest } = said
    return { ...rest, base: null, frame: null, setup }
  }

  session.store.subscribe((now, before) => {
    if (now.opened !== before.opened && carried) drop()
  })

  return {
    async look(file) {
      const { opened, frame } = session.store.getState()
      const isOpen = () => session.store.getState().opened === opened
      let said: PartialDocument | null
      try {
        said = await read(file)
      } catch {
        if (isOpen()) messages.notify('carried-damaged')
        return
      }
      // Another picture was opened meanwhile.
      if (!said || !isOpen()) return
      const fits = said.size?.width === frame?.width && said.size?.height === frame?.height
      carried = fits ? said : { ...said, ...NO_AREAS }
      messages.notify('carries-settings')
    },
    async take() {
      const taken = carried
      const { source, frame, regions } = session.store.getState()
      if (!taken || !source || !frame) return
      let filled: Promise<void> = Promise.resolve()
      const { mask: commands, sampling, guides } = taken
      const fill = () => {
        filled = takeLink(rooms, { ...taken, ...NO_AREAS }, () => {})
      }
      opener.show({ source, frame, commands, sampling, guides, regions, settled: true }, false, fill)
      drop()
      await filled
    },
  }
}
