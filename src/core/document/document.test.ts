import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSameSetup, MAX_PATCHES } from './document'
import { patch as anyPatch, pictureDocument, setup } from './document.testkit'
import { edit } from './edit.testkit'
import { applyEdit, type DocumentEdit, invertEdit } from './edits'

describe('a setup', () => {
  it('is the same as another exactly where they hold the same, in any order', () => {
    fc.assert(
      fc.property(setup, setup, (a, b) => {
        const params = Object.fromEntries(Object.entries(a.params).toReversed())
        expect(isSameSetup(a, structuredClone({ ...a, params }))).toBe(true)
        expect(isSameSetup({ ...a, params: { ...a.params, added: 1 } }, a)).toBe(false)
        expect(isSameSetup(a, b)).toBe(isSameSetup(b, a))
      }),
    )
  })
})

describe('edits', () => {
  it('any sequence, undone, gives the document back, and redone what it made', () => {
    fc.assert(
      fc.property(pictureDocument, fc.array(edit, { maxLength: 12 }), (document, edits) => {
        const done: { edit: DocumentEdit; inverse: DocumentEdit }[] = []
        let current = document
        for (const next of edits) {
          const made = next(current)
          done.push({ edit: made, inverse: invertEdit(current, made) })
          current = applyEdit(current, made)
        }
        let undone = current
        for (const { inverse } of done.toReversed()) undone = applyEdit(undone, inverse)
        expect(undone).toEqual(document)
        let redone = undone
        for (const step of done) redone = applyEdit(redone, step.edit)
        expect(redone).toEqual(current)
      }),
    )
  })

  it('an inverse inverts to the edit it came from', () => {
    fc.assert(
      fc.property(pictureDocument, edit, (document, make) => {
        const made = make(document)
        const inverse = invertEdit(document, made)
        expect(invertEdit(applyEdit(document, made), inverse)).toEqual(made)
      }),
    )
  })

  it('change the document they are given in no way', () => {
    fc.assert(
      fc.property(pictureDocument, edit, (document, make) => {
        const before = structuredClone(document)
        applyEdit(document, make(document))
        expect(document).toEqual(before)
      }),
    )
  })

  it('keep to the number of patches that a stored document may have', () => {
    fc.assert(
      fc.property(pictureDocument, anyPatch({ x: 0, y: 0, width: 90, height: 70 }), (document, one) => {
        const many = Array.from({ length: MAX_PATCHES }, (_, i) => ({ ...one, id: String(i) }))
        const add: DocumentEdit = { kind: 'patch.add', patch: one, place: 0 }
        expect(() => applyEdit({ ...document, patches: many }, add)).toThrow(RangeError)
        const full = applyEdit({ ...document, patches: many.slice(1) }, add)
        expect(full.patches).toHaveLength(MAX_PATCHES)
      }),
      { numRuns: 10 },
    )
  })

  it('of a patch that is not there are refused, as is a second one of the same id', () => {
    fc.assert(
      fc.property(pictureDocument, (document) => {
        const [patch] = document.patches
        const gone: DocumentEdit = { kind: 'patch.remove', id: 'none' }
        expect(() => applyEdit(document, gone)).toThrow(RangeError)
        expect(() => invertEdit(document, gone)).toThrow(RangeError)
        if (patch) {
          expect(() => applyEdit(document, { kind: 'patch.add', patch, place: 0 })).toThrow(RangeError)
          expect(() => applyEdit(document, { kind: 'patch.move', id: patch.id, place: 9 })).toThrow(
            RangeError,
          )
        }
      }),
    )
  })
})
