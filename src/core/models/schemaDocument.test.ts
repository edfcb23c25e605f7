import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readInputSchema } from '../prediction/inputSchema'
import { parseModelReference, schemaDocument } from './schemaDocument'

const schemas = {
  Input: { properties: { image: { type: 'string', format: 'uri' }, prompt: { type: 'string' } } },
}
const document = { openapi: '3.0.2', components: { schemas } }

it.each([
  ['a document', document],
  ['a model version', { id: 'abc', openapi_schema: document }],
  ['a model', { owner: 'o', name: 'n', latest_version: { id: 'abc', openapi_schema: document } }],
  ['the schemas alone', schemas],
  ['the inputs alone', schemas.Input],
])('finds the inputs in %s', (_name, value) => {
  expect(readInputSchema(schemaDocument(value)).map(({ name }) => name)).toEqual(['image', 'prompt'])
})

it('makes nothing of anything else, and never throws', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => void schemaDocument(value)))
  expect(schemaDocument({ components: 1 })).toBeNull()
  expect(schemaDocument([])).toBeNull()
})

it.each([
  ['stability-ai/stable-diffusion', { owner: 'stability-ai', name: 'stable-diffusion', version: null }],
  [' o/n:95b7 ', { owner: 'o', name: 'n', version: '95b7' }],
  ['https://replicate.com/o/n', { owner: 'o', name: 'n', version: null }],
  ['https://replicate.com/o/n/versions/95b7/api', { owner: 'o', name: 'n', version: '95b7' }],
  ['https://replicate.com/o/n?input=http', { owner: 'o', name: 'n', version: null }],
  ['nothing', null],
  ['https://evil.example/o/n', null],
  ['../../etc', null],
])('reads %s', (text, reference) => {
  expect(parseModelReference(text)).toEqual(reference)
})
