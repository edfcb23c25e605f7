import fc from 'fast-check'
import type { PictureDocument } from '../document'
import { edit } from '../edit.testkit'
import { applyEdit, type DocumentEdit, type StepEdit } from '../edits'
import type { NumberedStep } from '../storedDocument'

/** The steps of a document on any number of branches. */
export interface StepTree {
  readonly steps: readonly NumberedStep[]
  readonly tip: number
  /** The document at the tip. */
  readonly shown: PictureDocument
}

function isStepEdit(one: DocumentEdit): one is StepEdit {
  return (
    one.kind === 'sent' ||
    one.kind === 'frame' ||
    one.kind.startsWith('patch.') ||
    one.kind.startsWith('region.')
  )
}

/** @param start nothing is painted in it yet */
export function stepTree(start: PictureDocument): fc.Arbitrary<StepTree> {
  return fc
    .record({ makes: fc.array(fc.tuple(edit, fc.nat()), { maxLength: 12 }), which: fc.nat() })
    .map(({ makes, which }) => {
      const states = [start]
      const steps: NumberedStep[] = []
      for (const [make, from] of makes) {
        // Most steps follow the one before them.
        const parent = from % 3 === 0 ? from % states.length : states.length - 1
        const change = make(states[parent])
        const place = { number: states.length, parent, at: null }
        if (change.kind === 'paint') {
          steps.push({ ...place, command: change.command, area: change.area, edit: null })
        } else if (isStepEdit(change)) {
          steps.push({ ...place, command: null, area: 'mask', edit: change })
        } else continue
        states.push(applyEdit(states[parent], change))
      }
      const tip = which % states.length
      return { steps, tip, shown: states[tip] }
    })
}
