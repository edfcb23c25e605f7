import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MODELS } from '../models/modelRegistry'
import { checkField, checkFields } from './fieldCheck'
import {
  defaultValues,
  fieldByAnyName,
  fieldByRole,
  formFields,
  paramsOf,
  readInputSchema,
  valuesOf,
} from './inputSchema'
import { parseFieldText } from './parseFieldText'
import { closestModelSize } from './modelSize'

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}.openapi.json`, import.meta.url), 'utf8'))

const sd = readInputSchema(fixture('sd-inpainting'))

describe('the bundled model', () => {
  it("lists its fields in the schema's order, with limits, defaults and choices", () => {
    expect(sd.map(({ name }) => name)).toEqual([
      'prompt',
      'image',
      'mask',
      'height',
      'width',
      'negative_prompt',
      'num_outputs',
      'num_inference_steps',
      'guidance_scale',
      'scheduler',
      'seed',
      'disable_safety_checker',
    ])
    expect(fieldByRole(sd, 'steps')).toMatchObject({ kind: 'integer', minimum: 1, maximum: 500, default: 50 })
    expect(fieldByRole(sd, 'guidance')).toMatchObject({
      kind: 'number',
      minimum: 1,
      maximum: 20,
      default: 7.5,
    })
    expect(fieldByRole(sd, 'scheduler')).toMatchObject({ kind: 'enum', default: 'DPMSolverMultistep' })
    expect(fieldByRole(sd, 'width')).toMatchObject({ kind: 'integer', minimum: 64, maximum: 1024 })
    expect(fieldByRole(sd, 'seed')).toMatchObject({ kind: 'integer', minimum: null, default: undefined })
    expect(formFields(sd).some(({ role }) => role === 'image' || role === 'mask')).toBe(false)
  })

  it('is the same as the one the application ships', () => {
    expect(MODELS[0].fields).toEqual(sd)
    expect(MODELS[0].version).toBe('95b7223104132402a9ae91cc677285bc5eb997834bd2349fa486f53910fd68b3')
  })

  it('accepts its own defaults and names what is out of range', () => {
    const values = defaultValues(sd)
    expect(checkFields(sd, values)).toEqual({})
    const bad = checkFields(sd, {
      ...values,
      num_inference_steps: 501,
      width: 500,
      seed: 1.5,
      guidance_scale: Number.NaN,
    })
    expect(checkFields(sd, { ...values, seed: 2 ** 53 - 1 })).toEqual({})
    expect(checkFields(sd, { ...values, seed: 2 ** 53 })).toMatchObject({ seed: { reason: 'too-large' } })
    expect(bad).toMatchObject({
      num_inference_steps: { reason: 'out-of-range', params: { low: 1, high: 500 } },
      width: { reason: 'not-allowed', params: { step: 64 } },
      seed: { reason: 'not-whole' },
      guidance_scale: { reason: 'not-a-number' },
    })
  })

  it('sends an emptied text whose default would come back, and no default that nobody has set', () => {
    const values = { ...defaultValues(sd), prompt: '', negative_prompt: '' }
    const sent = paramsOf(sd, values, ['disable_safety_checker', 'scheduler', 'prompt_of_another'])
    expect(sent).toMatchObject({ prompt: '', num_outputs: 1 })
    for (const name of ['negative_prompt', 'disable_safety_checker', 'scheduler'])
      expect(sent).not.toHaveProperty(name)
  })

  it('sends what is filled in and leaves blanks out', () => {
    const params = paramsOf(sd, { ...defaultValues(sd), negative_prompt: '' })
    expect(params).not.toHaveProperty('negative_prompt')
    expect(params).not.toHaveProperty('seed')
    expect(params).toMatchObject({
      width: 512,
      scheduler: 'DPMSolverMultistep',
      disable_safety_checker: false,
    })
  })
})

describe('other models', () => {
  it.each([
    [
      'black-forest-labs/flux-fill-pro',
      { steps: 'steps', guidance: 'guidance', prompt: 'prompt', seed: 'seed' },
    ],
    [
      'black-forest-labs/flux-fill-dev',
      { steps: 'num_inference_steps', count: 'num_outputs', guidance: 'guidance' },
    ],
    ['ideogram-ai/ideogram-v2', { image: 'image', mask: 'mask', negativePrompt: 'negative_prompt' }],
    ['outpainter', { steps: 'steps', guidance: 'cfg_scale', strength: 'denoising_strength' }],
  ] as const)('%s: roles are found and defaults pass', (name, roles) => {
    const fields = MODELS.find(({ id }) => id === name)?.fields ?? readInputSchema(fixture(name))
    expect(fields.length).toBeGreaterThan(4)
    for (const [role, field] of Object.entries(roles)) {
      expect(fieldByRole(fields, role as 'steps')?.name).toBe(field)
    }
    // Nothing is wrong but what has to be filled in.
    const problems = Object.values(checkFields(fields, defaultValues(fields)))
    expect(problems.filter(({ reason }) => reason !== 'required')).toEqual([])
  })

  it('any JSON in gives fields out, never an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()), (any, properties) => {
        readInputSchema(any)
        const fields = readInputSchema({ components: { schemas: { Input: { properties } } } })
        expect(fields).toHaveLength(Object.keys(properties).length)
        for (const field of fields) checkField(field, 'x')
      }),
    )
  })
})

it('values come back from their params, JSON as its text', () => {
  const properties = {
    extras: { type: 'object' },
    tags: { type: 'array' },
    tone: { type: 'integer' },
    name: { type: 'string' },
  }
  const fields = readInputSchema({ components: { schemas: { Input: { properties } } } })
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.jsonValue(),
      fc.integer(),
      fc.string({ minLength: 1 }),
      (a, b, tone, name) => {
        const values = { extras: JSON.stringify(a), tags: JSON.stringify(b), tone, name }
        expect(valuesOf(fields, paramsOf(fields, values))).toEqual(values)
      },
    ),
  )
})

describe('link names', () => {
  it('are the schema name or any name in use for the same thing', () => {
    expect(fieldByAnyName(sd, 'steps')?.name).toBe('num_inference_steps')
    expect(fieldByAnyName(sd, 'cfg_scale')?.name).toBe('guidance_scale')
    expect(fieldByAnyName(sd, 'num_outputs')?.name).toBe('num_outputs')
    expect(fieldByAnyName(sd, 'unheard_of')).toBeNull()
  })

  const field = (name: string) => fieldByAnyName(sd, name)!

  it('carry text that is read by the kind of field', () => {
    expect(parseFieldText(field('steps'), '12')).toBe(12)
    expect(parseFieldText(field('steps'), 'twelve')).toBeUndefined()
    expect(parseFieldText(field('scheduler'), 'DDIM')).toBe('DDIM')
    expect(parseFieldText(field('scheduler'), 'NOPE')).toBeUndefined()
    expect(parseFieldText(field('disable_safety_checker'), 'true')).toBe(true)
    expect(parseFieldText(field('disable_safety_checker'), 'False')).toBe(false)
  })

  it('take no text for another value than it says', () => {
    for (const text of ['0x10', '0b1', '1,234', '', ' ', '12px', 'Infinity']) {
      expect(parseFieldText(field('steps'), text)).toBeUndefined()
    }
    for (const text of ['yes', 'on', '2', '']) {
      expect(parseFieldText(field('disable_safety_checker'), text)).toBeUndefined()
    }
  })
})

describe('model sizes', () => {
  it.each([
    [
      { width: 600, height: 400 },
      { width: 768, height: 512 },
    ],
    [
      { width: 451, height: 300 },
      { width: 768, height: 512 },
    ],
    [
      { width: 4000, height: 3000 },
      { width: 768, height: 576 },
    ],
    [
      { width: 1000, height: 1000 },
      { width: 512, height: 512 },
    ],
    [
      { width: 900, height: 2100 },
      { width: 384, height: 896 },
    ],
  ])('%o works at %o', (picture, size) => {
    expect(closestModelSize(sd, picture)).toEqual(size)
  })

  it('no allowed pair is closer in shape', () => {
    const sides = fieldByRole(sd, 'width')!.options as number[]
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 9000 }), fc.integer({ min: 30, max: 9000 }), (width, height) => {
        const off = (w: number, h: number) => Math.abs(Math.log((w * height) / (h * width)))
        const chosen = closestModelSize(sd, { width, height })!
        const best = Math.min(...sides.flatMap((w) => sides.map((h) => off(w, h))))
        return off(chosen.width, chosen.height) <= best + 0.0041
      }),
    )
  })
})
