import { describe, expect, it } from 'vitest'
import { MODELS } from '../models/modelRegistry'
import { formOrder } from './formOrder'
import { formFields } from './inputSchema'

const namesOf = (id: string) => {
  const { first, more } = formOrder(MODELS.find((model) => model.id === id)!.fields)
  return { first: first.map(({ name }) => name), more: more.map(({ name }) => name) }
}

describe('the order of a form', () => {
  it.each(MODELS.map((model) => [model.name, model.fields] as const))(
    'of %s has each field once',
    (_name, fields) => {
      const { first, more } = formOrder(fields)
      expect(first[0].role).toBe('prompt')
      expect([...first, ...more].toSorted(byName)).toEqual(formFields(fields).toSorted(byName))
    },
  )

  it('has what is decided from run to run at its head, size and seed further down, width before height', () => {
    expect(namesOf('stability-ai/stable-diffusion-inpainting')).toEqual({
      first: ['prompt', 'negative_prompt', 'num_outputs'],
      more: [
        'width',
        'height',
        'num_inference_steps',
        'guidance_scale',
        'scheduler',
        'seed',
        'disable_safety_checker',
      ],
    })
  })

  it('folds nothing away where there is little, and never what the model requires', () => {
    const { fields } = MODELS[0]
    const few = fields.filter(({ role }) => ['prompt', 'seed', 'width'].includes(role ?? ''))
    expect(formOrder(few).more).toEqual([])
    const steps = fields.find(({ role }) => role === 'steps')!
    const required = [...fields.filter((field) => field !== steps), { ...steps, required: true }]
    expect(formOrder(required).first.map(({ role }) => role)).toContain('steps')
  })
})

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name.localeCompare(b.name)
}
