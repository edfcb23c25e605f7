import type { StoreApi } from 'zustand/vanilla'
import { fromBase64Url } from '../../core/base64'
import { decodeLink } from '../../core/document/codec/linkCodec'
import { MAX_LINK_BYTES } from '../../core/document/codec/linkPayload'
import type { PartialDocument } from '../../core/document/partialDocument'
import type { LinkRooms } from './linkRooms'
import { takeLink } from './takeLink'

export interface CarriedState {
  /** What the open picture's file says about how it was made, until it is taken over; null for nothing. */
  readonly carried: PartialDocument | null
}

export interface Carried {
  /** Looks for what an exported file carries, and offers it. */
  look(file: Blob): Promise<void>
  /** Fills the form with it, and the mask where it is of this picture's size. Undo brings both back. */
  take(): Promise<void>
}

export function createCarried(rooms: LinkRooms, store: StoreApi<CarriedState>): Carried {
  const { ports, messages, session, opener } = rooms

  const drop = () => {
    store.setState({ carried: null })
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
    if (now.opened !== before.opened && store.getState().carried) drop()
  })

  return {
    async look(file) {
      const { opened, frame } = session.store.getState()
      let said: PartialDocument | null
      try {
        said = await read(file)
      } catch {
        messages.notify('carried-damaged')
        return
      }
      // Another picture was opened meanwhile.
      if (!said || session.store.getState().opened !== opened) return
      const fits = said.size?.width === frame?.width && said.size?.height === frame?.height
      store.setState({ carried: fits ? said : { ...said, mask: [], sampling: [], guides: [] } })
      messages.notify('carries-settings')
    },
    async take() {
      const { carried } = store.getState()
      const { source, frame, regions } = session.store.getState()
      if (!carried || !source || !frame) return
      let filled: Promise<void> = Promise.resolve()
      const { mask: commands, sampling, guides } = carried
      const fill = () => {
        filled = takeLink(rooms, { ...carried, mask: [], sampling: [], guides: [] }, () => {})
      }
      opener.show({ source, frame, commands, sampling, guides, regions, settled: true }, false, fill)
      drop()
      await filled
    },
  }
}
