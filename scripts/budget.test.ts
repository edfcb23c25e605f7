import { expect, it } from 'vitest'
import { splitFiles } from './budget.mjs'

const MANIFEST = {
  'index.html': {
    file: 'index.js',
    name: 'index',
    isEntry: true,
    imports: ['_react.js'],
    css: ['index.css'],
  },
  '_react.js': { file: 'react.js', name: 'react', css: ['react.css'] },
  'Canvas.tsx': {
    file: 'canvas.js',
    name: 'Canvas',
    imports: ['_react.js', '_konva.js'],
    css: ['canvas.css'],
  },
  '_konva.js': { file: 'konva.js', name: 'konva', imports: ['_react.js'] },
  'zh.ts': { file: 'zh.js', name: 'zh', imports: ['_konva.js', '_rest.js'] },
  '_rest.js': { file: 'rest.js', name: 'rest' },
}

it('static imports and their CSS count, each file once, where it is first needed', () => {
  const { start, painting, later, missing } = splitFiles(MANIFEST, ['Canvas'])
  expect(start.toSorted()).toEqual(['index.css', 'index.html', 'index.js', 'react.css', 'react.js'])
  expect(painting.toSorted()).toEqual(['canvas.css', 'canvas.js', 'konva.js'])
  expect(later.toSorted()).toEqual(['rest.js', 'zh.js'])
  expect(missing).toEqual([])
})

it('a name that no chunk has is missing, so that a renamed chunk is not left out', () => {
  expect(splitFiles(MANIFEST, ['Canvas', 'gone']).missing).toEqual(['gone'])
})
