import {
  editRegions,
  MAX_REGION_NAME_CHARS,
  MAX_REGION_PROMPT_CHARS,
  MAX_REGIONS,
  type MaskRegion,
  type RegionEdit,
} from '../../core/document/regions'
import { effectiveCommands, type MaskCommand } from '../../core/mask/command/maskCommand'
import { fieldByRole } from '../../core/prediction/inputSchema'
import { selectModel, selectValues } from '../model/formSelectors'
import type { Forms } from '../model/forms'
import type { Ports } from '../ports'
import { regionStep } from '../session/pictureSteps'
import type { Session } from '../session/session'

/** Masks that are set aside, each with a prompt of its own. Every change is one step. */
export interface Regions {
  /** The mask becomes a region with the form's prompt, and is empty then. Does nothing where nothing is masked. */
  setAside(name: string): void
  setText(id: string, name: string, prompt: string): void
  /** The mask takes the place of the region's own, and is empty then. Does nothing where nothing is masked. */
  takeMask(id: string): void
  remove(id: string): void
  /** The edges of a region's mask, each as `x1, y1, x2, y2`, image px. */
  outline(region: MaskRegion): Promise<Int32Array>
}

interface RegionRooms {
  readonly ports: Ports
  readonly session: Session
  readonly forms: Forms
}

export function createRegions({ ports, session, forms }: RegionRooms): Regions {
  const outlines = new WeakMap<MaskRegion['mask'], Promise<Int32Array>>()

  const promptNow = (): string => {
    const context = forms.context()
    const prompt = fieldByRole(selectModel(context).fields, 'prompt')
    const value = prompt && selectValues(context)[prompt.name]
    return typeof value === 'string' ? value.slice(0, MAX_REGION_PROMPT_CHARS) : ''
  }

  /** What is masked, as a region holds it; null where nothing is. */
  const masked = (): Pick<MaskRegion, 'mask' | 'maskFrame'> | null => {
    const { editor } = session.store.getState()
    editor?.finish()
    if (!editor || editor.isEmpty) return null
    return { mask: effectiveCommands(editor.commands), maskFrame: editor.mask.frame }
  }

  const edit = (change: RegionEdit, command: MaskCommand | null) => {
    const { regions } = session.store.getState()
    session.change(regionStep({ edit: change, result: editRegions(regions, change) }, command))
  }

  const find = (id: string) => session.store.getState().regions.find((region) => region.id === id)

  return {
    setAside(name) {
      const place = session.store.getState().regions.length
      const mask = place < MAX_REGIONS ? masked() : null
      if (!mask) return
      const id = crypto.randomUUID()
      const region = { id, name: name.slice(0, MAX_REGION_NAME_CHARS), prompt: promptNow(), ...mask }
      edit({ kind: 'region.add', region, place }, { kind: 'clear' })
    },
    setText(id, name, prompt) {
      const region = find(id)
      if (!region || (region.name === name && region.prompt === prompt)) return
      edit(
        {
          kind: 'region.text',
          id,
          name: name.slice(0, MAX_REGION_NAME_CHARS),
          prompt: prompt.slice(0, MAX_REGION_PROMPT_CHARS),
        },
        null,
      )
    },
    takeMask(id) {
      const mask = find(id) ? masked() : null
      if (mask) edit({ kind: 'region.mask', id, ...mask }, { kind: 'clear' })
    },
    remove(id) {
      if (find(id)) edit({ kind: 'region.remove', id }, null)
    },
    outline({ mask, maskFrame }) {
      const known = outlines.get(mask)
      if (known) return known
      const drawn = ports.masks.outline(maskFrame, mask)
      outlines.set(mask, drawn)
      drawn.catch(() => outlines.delete(mask))
      return drawn
    },
  }
}
