import { expect, it } from 'vitest'
import { BACKENDS } from '../../backends/backendRegistry'
import { MODELS } from '../../core/models/modelRegistry'
import { formFields } from '../../core/prediction/inputSchema'
import { loadCatalogue } from '../../i18n/translate'
import { translator } from '../hooks/useT'
import { choiceText, fieldAbout, fieldLabel, presetText } from './fieldText'

const fields = [
  ...MODELS.flatMap(({ id, fields: own }) => formFields(own).map((field) => ({ id, field }))),
  ...BACKENDS.flatMap(({ id, options }) => options.map((field) => ({ id, field }))),
]
const cases = fields.map(({ id, field }) => [`${id} ${field.name}`, field] as const)

const CHINESE = /\p{Script=Han}/u
/** The same in every language: names of samplers, schedules and file formats, ratios, sizes. */
const NAME =
  /^(K_EULER|K_EULER_ANCESTRAL|DPMSolverMultistep|DDIM|PNDM|KLMS|LMS|Heun|Euler a?|Euler|DPM.*|Restart|Karras|Align Your Steps|Beta|webp|jpg|png|[\d.:x]+)$/

it.each(cases)('%s is Chinese in the Chinese page', async (_name, field) => {
  const t = translator(await loadCatalogue('zh', 'whole'))
  expect(fieldLabel(t, field)).toMatch(CHINESE)
  expect(fieldAbout(t, field)).toMatch(CHINESE)
  for (const choice of field.options ?? []) {
    const text = choiceText(t, field, choice)
    if (!NAME.test(text)) expect(text).toMatch(CHINESE)
  }
  if (field.kind === 'string' && field.default !== undefined) expect(presetText(t, field)).toMatch(CHINESE)
})

it('labels of one model differ, in each language', async () => {
  for (const locale of ['en', 'zh'] as const) {
    const t = translator(await loadCatalogue(locale, 'whole'))
    for (const { fields: own } of MODELS) {
      const labels = formFields(own).map((field) => fieldLabel(t, field))
      expect(new Set(labels).size, labels.join()).toBe(labels.length)
    }
  }
})

it.each(cases)('%s has no words of a program in English', async (_name, field) => {
  const t = translator(await loadCatalogue('en', 'whole'))
  expect(fieldLabel(t, field)).toMatch(/^[A-Z]/)
  expect(fieldAbout(t, field)).toMatch(/^[\dA-Z].*\.$/)
})

it('a model that is not known says what its own schema says', async () => {
  const t = translator(await loadCatalogue('zh', 'whole'))
  const field = { ...MODELS[0].fields[0], name: 'own', role: null, title: 'Own', description: 'Own words' }
  expect([fieldLabel(t, field), fieldAbout(t, field)]).toEqual(['Own', 'Own words'])
  expect(choiceText(t, field, 'constructor')).toBe('constructor')
})
