import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readModel } from '../src/core/models/modelRegistry'
import { formSchema } from './formSchemaPlugin'

const FOLDER = new URL('../src/core/models/', import.meta.url)
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.openapi.json'))

it.each(files)('%s gives the same model with what is built of it, in fewer bytes', (name) => {
  const document = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))
  const built = formSchema(document)
  const about = { id: 'a/b', name: 'B', version: '1' }
  expect(readModel(built, about)).toEqual(readModel(document, about))
  expect(readModel(built, about).fields.length).toBeGreaterThan(3)
  expect(JSON.stringify(built).length).toBeLessThan(JSON.stringify(document).length)
})
