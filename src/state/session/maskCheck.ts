import type { StoreApi } from 'zustand/vanilla'
import type { Size } from '../../core/geometry'
import type { MaskEditor } from '../../editor/maskEditor'
import { SPECK_PIXELS } from '../../core/mask/maskLimits'
import { requestedSize } from '../../core/prediction/modelSize'
import { type Forms } from '../model/forms'
import {
  type FormContext,
  selectBackend,
  selectModel,
  selectTakesMask,
  selectValues,
} from '../model/formSelectors'
import { findModel, type Models, polarityOf } from '../model/models'
import type { Ports } from '../ports'
import type { Messages } from '../shell/messages'
import type { SettingsRoom } from '../shell/settings'
import type { MaskOperations } from './maskOperations'
import type { Session } from './session'

/** Something about the mask that is likely a slip. A warning that never blocks Run; `fix` applies the suggested repair. */
export interface Finding {
  readonly code: 'polarity' | 'empty' | 'coverage' | 'specks' | 'pinholes' | 'faint' | 'lost'
  /** How many, percent, or px, by the code. */
  readonly count: number
  readonly fix: () => void
}

export interface MaskCheckState {
  readonly findings: readonly Finding[]
}

export interface MaskCheck {
  /** Checks the mask whenever it, the form or the backend has changed and rests. @returns ends it */
  watch(): () => void
  /** A result changed outside the mask: the model seems to take the mask's tones in reverse. */
  doubtPolarity(modelId: string): void
}

/** What runs need of it: there before the check is. */
export interface LateMaskCheck {
  doubtPolarity(modelId: string): Promise<void>
}

/** The mask rests for this long before it is checked, ms. */
const REST_MS = 350
const MAX_COVERAGE = 0.8
const MAX_GROW = 200

export interface CheckRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly settings: SettingsRoom
  readonly models: Models
  readonly forms: Forms
  readonly session: Session
  readonly operations: MaskOperations
}

export function createMaskCheck(rooms: CheckRooms, store: StoreApi<MaskCheckState>): MaskCheck {
  const { ports, messages, settings, models, forms, session, operations } = rooms
  const show = (findings: readonly Finding[]) => {
    if (findings.length > 0 || store.getState().findings.length > 0) store.setState({ findings })
  }
  const without = (code: Finding['code']) => store.getState().findings.filter((one) => one.code !== code)
  let newest = 0

  const check = async () => {
    const { editor, revision } = session.store.getState()
    if (!editor || editor.isDrawing) return
    const mine = ++newest
    const context = forms.context()
    // Findings about a mask that no model uses no longer hold.
    if (!selectTakesMask(context)) {
      show([])
      return
    }
    const review = await ports.masks.review(editor.mask, modelSize(context))
    if (session.store.getState().revision !== revision || newest !== mine) return
    if (!review) {
      show(wasEmptied(editor) ? [{ code: 'empty', count: 0, fix: operations.selectAll }] : [])
      return
    }
    const { lint, coverage, reduction, patch } = review
    const paint = patch && (() => editor.apply({ kind: 'raster', mode: 'paint', ...patch }))
    const findings: Finding[] = []
    if (lint.faint && paint) findings.push({ code: 'faint', count: 0, fix: paint })
    if (lint.lost) {
      const radius = Math.min(MAX_GROW, Math.ceil(reduction))
      findings.push({
        code: 'lost',
        count: radius,
        fix: () => void operations.apply({ kind: 'grow', radius, crisp: true }),
      })
    }
    if (coverage > MAX_COVERAGE) {
      const percent = Math.floor(coverage * 100)
      findings.push({ code: 'coverage', count: percent, fix: () => editor.apply({ kind: 'invert' }) })
    }
    if (lint.specks > 0) {
      const fix = () => void operations.apply({ kind: 'removeSpecks', size: SPECK_PIXELS })
      findings.push({ code: 'specks', count: lint.specks, fix })
    }
    if (lint.pinholes > 0 && paint) findings.push({ code: 'pinholes', count: lint.pinholes, fix: paint })
    // A result raised it, not the mask.
    const doubts = store.getState().findings.filter(({ code }) => code === 'polarity')
    show([...doubts, ...findings])
  }

  return {
    watch() {
      let timer: ReturnType<typeof setTimeout> | undefined
      const later = () => {
        clearTimeout(timer)
        timer = setTimeout(() => {
          check().catch(messages.report)
        }, REST_MS)
      }
      const ends = [
        session.store.subscribe((now, before) => {
          if (now.revision === before.revision) return
          // What was found may be fixed already. An empty mask is plain to see, and stays said: gone for a moment, it would
          // move the page under a press.
          const isEmpty = now.editor === before.editor && now.editor?.isEmpty && !now.editor.isDrawing
          show(isEmpty ? store.getState().findings.filter(({ code }) => code === 'empty') : [])
          later()
        }),
        settings.store.subscribe((now, before) => {
          // The doubt was about the other model.
          if (now.modelId !== before.modelId) show(without('polarity'))
          if (now.backendId !== before.backendId || now.modelId !== before.modelId) later()
        }),
        forms.store.subscribe((now, before) => {
          if (now.values !== before.values) later()
        }),
        models.store.subscribe((now, before) => {
          if (now.roles !== before.roles) later()
        }),
      ]
      if (session.store.getState().editor) later()
      return () => {
        clearTimeout(timer)
        for (const end of ends) end()
      }
    },
    doubtPolarity(modelId) {
      const state = models.store.getState()
      const polarity = polarityOf(state, findModel(state, modelId))
      if (polarity === null) return
      const fix = () => {
        models.setPolarity(modelId, polarity === 'white' ? 'black' : 'white')
        show(without('polarity'))
      }
      show([{ code: 'polarity', count: 0, fix }, ...without('polarity')])
    },
  }
}

/** Not before the first stroke, nor where a result or a region has taken the mask: there the next stroke is to come. */
function wasEmptied(editor: MaskEditor): boolean {
  const last = editor.steps.findLast(({ command, area }) => command !== null && area === 'mask')
  return editor.canUndo && last?.edit === null
}

/** The size the model works at; null where it takes any size. */
function modelSize(context: FormContext): Size | null {
  const { fixedSize } = selectBackend(context.settings).capabilities
  return fixedSize ? requestedSize(selectModel(context).fields, selectValues(context)) : null
}
