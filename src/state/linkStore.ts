import { create } from 'zustand'
import type { Size } from '../core/geometry'
import type { MaskCommand } from '../core/mask/command/maskCommand'
import type { ShareLink } from '../core/share/shareLink'
import { notify } from './messageStore'

/** What a link asks before it is taken over. */
export interface LinkQuestion {
  readonly link: ShareLink
  /** The open picture and mask would be replaced. */
  readonly replaces: boolean
  /** The backend it suggests, as the settings would show it; null where it names none that is new. */
  readonly backendUrl: string | null
}

/** A link waiting for the user's word, or for the file that it names. */
export const useLink = create<{ question: LinkQuestion | null; awaited: ShareLink | null }>()(() => ({
  question: null,
  awaited: null,
}))

export function dismissLink(): void {
  useLink.setState({ question: null })
}

/** The mask for the file that a link named: used if the picture has the link's size. */
export function takeAwaitedMask(size: Size): readonly MaskCommand[] | null {
  const { awaited } = useLink.getState()
  if (!awaited) return null
  useLink.setState({ awaited: null })
  if (awaited.size && (awaited.size.width !== size.width || awaited.size.height !== size.height)) {
    notify('other-file', { ...awaited.size })
    return null
  }
  return awaited.commands
}
