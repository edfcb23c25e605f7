import { create } from 'zustand'
import type { Size } from '../core/geometry'
import { SPECK_PIXELS } from '../core/mask/lint/maskLint'
import { requestedSize } from '../core/prediction/modelSize'
import { computeReview } from '../platform/maskClient'
import { backendDescriptor } from '../backends/backendRegistry'
import { activeModel, activeValues, takesMask } from './formStore'
import { applyOperation, selectAll } from './maskController'
import { findModel, polarityOf, setPolarity } from './modelStore'
import { reportError } from './messageStore'
import { useSession } from './sessionStore'
import { useSettings } from './settingsStore'

/** Something about the mask that is likely a slip. It is said, never in the way; `mend` does the likely next thing. */
export interface Finding {
  readonly code: 'polarity' | 'empty' | 'coverage' | 'specks' | 'pinholes' | 'faint' | 'lost'
  /** How many, or percent. */
  readonly count: number
  readonly mend: () => void
}

export const useLint = create<{ readonly findings: readonly Finding[] }>()(() => ({ findings: [] }))

/** The mask has to rest so long before it is looked at. */
const REST_MS = 350
const MOST_COVERAGE = 0.8

/** Looks the mask over whenever it has changed and rests. @returns ends it */
export function watchMask(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      lookOver().catch(reportError)
    }, REST_MS)
  }
  const ends = [
    useSession.subscribe((now, before) => {
      if (now.revision === before.revision) return
      // What was found may be mended already.
      useLint.setState({ findings: [] })
      look()
    }),
    useSettings.subscribe((now, before) => {
      if (now.backendId !== before.backendId || now.modelId !== before.modelId) look()
    }),
  ]
  return () => {
    clearTimeout(timer)
    for (const end of ends) end()
  }
}

async function lookOver(): Promise<void> {
  const { editor, revision } = useSession.getState()
  if (!editor || editor.isDrawing || !takesMask()) return
  const review = await computeReview(editor.mask, modelSize())
  if (useSession.getState().revision !== revision) return
  if (!review) {
    // Before the first stroke nobody has forgotten anything.
    if (editor.canUndo) show([{ code: 'empty', count: 0, mend: () => selectAll(editor) }])
    return
  }
  const { lint, coverage, reduction, patch } = review
  const paint = patch && (() => editor.apply({ kind: 'raster', mode: 'paint', ...patch }))
  const findings: Finding[] = []
  if (lint.faint && paint) findings.push({ code: 'faint', count: 0, mend: paint })
  if (lint.lost) {
    const radius = Math.min(200, Math.ceil(reduction))
    findings.push({ code: 'lost', count: radius, mend: () => void applyOperation({ kind: 'grow', radius }) })
  }
  if (coverage > MOST_COVERAGE) {
    findings.push({
      code: 'coverage',
      count: Math.floor(coverage * 100),
      mend: () => editor.apply({ kind: 'invert' }),
    })
  }
  if (lint.specks > 0) {
    findings.push({
      code: 'specks',
      count: lint.specks,
      mend: () => void applyOperation({ kind: 'removeSpecks', size: SPECK_PIXELS }),
    })
  }
  if (lint.pinholes > 0 && paint) findings.push({ code: 'pinholes', count: lint.pinholes, mend: paint })
  show(findings)
}

/** A result changed outside the mask: the model seems to take the mask the other way round. */
export function doubtPolarity(modelId: string): void {
  const polarity = polarityOf(findModel(modelId))
  if (polarity === null) return
  const mend = () => {
    setPolarity(modelId, polarity === 'white' ? 'black' : 'white')
    show(useLint.getState().findings.filter(({ code }) => code !== 'polarity'))
  }
  show([{ code: 'polarity', count: 0, mend }, ...useLint.getState().findings])
}

function show(findings: readonly Finding[]): void {
  useLint.setState({ findings })
}

/** The size that the model works at; null where it has none of its own. */
function modelSize(): Size | null {
  const { fixedSize } = backendDescriptor(useSettings.getState().backendId).capabilities
  return fixedSize ? requestedSize(activeModel().fields, activeValues()) : null
}
