import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIELD_ROLES } from '../prediction/fieldRoles'
import { fieldByRole } from '../prediction/inputSchema'
import { MODELS } from './modelRegistry'
import { readRoles, withRoles } from './roleChanges'

describe('meanings of fields', () => {
  const { fields } = MODELS[0]

  it('a role that is given to a field is taken from the one that had it', () => {
    const changed = withRoles(fields, { negative_prompt: 'prompt' })
    expect(fieldByRole(changed, 'prompt')?.name).toBe('negative_prompt')
    expect(changed.find(({ name }) => name === 'prompt')?.role).toBeNull()
    expect(fieldByRole(changed, 'negativePrompt')).toBeNull()
  })

  it('the other fields stay where they are, and no change changes nothing', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...fields.map(({ name }) => name)),
          fc.constantFrom(null, ...FIELD_ROLES),
        ),
        (changes) => {
          const changed = withRoles(fields, changes)
          expect(changed.map(({ name }) => name)).toEqual(fields.map(({ name }) => name))
          for (const [name, role] of Object.entries(changes))
            expect(changed.find((field) => field.name === name)?.role).toBe(role)
        },
      ),
    )
    expect(withRoles(fields, {})).toEqual(fields)
  })

  it('what is said of a field that another schema does not have takes no role away', () => {
    expect(withRoles(fields, { gone: 'mask' })).toEqual(fields)
  })

  it('what is stored is read as far as it makes sense', () => {
    expect(readRoles({ a: 'mask', b: null, c: 'nonsense', d: 7 })).toEqual({ a: 'mask', b: null })
    expect(readRoles([])).toEqual({})
  })
})
