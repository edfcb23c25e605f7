import { expect, it } from 'vitest'
import { AppError, errorData } from './errors'

it.each([
  'Failed to fetch dynamically imported module: https://page.example/assets/form-1.js',
  'error loading dynamically imported module: https://page.example/assets/form-1.js',
  'Importing a module script failed.',
])('a script that did not come is named as that: %s', (text) => {
  expect(errorData(new TypeError(text))).toMatchObject({ code: 'page/part-missing', detail: text })
})

it('any other error is unexpected, an AppError is itself', () => {
  expect(errorData(new TypeError('Failed to fetch')).code).toBe('unexpected')
  expect(errorData(new Error('dynamically imported module')).code).toBe('unexpected')
  expect(errorData('text')).toMatchObject({ code: 'unexpected', detail: 'text' })
  const error = new AppError('image/svg')
  expect(errorData(error)).toBe(error.data)
})
