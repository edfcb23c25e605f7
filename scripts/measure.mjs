// @ts-check
// npm run measure: figures of the code beside their goals. Prints, asserts none.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import { findCycles, findMutualFolders } from './importGraph.mjs'
import { isParentAndChild, isProduct, readTree } from './imports.mjs'
import { layerOf } from './layers.mjs'

const MAX_LINES = 250
const TAGS = ['@param', '@returns', '@throws', '@see']
const TEST_FILE = /\.(test|spec)\.tsx?$/

const root = process.cwd()
const { files, imports } = readTree(root)
/** @param {string} file */
const textOf = (file) => readFileSync(join(root, file), 'utf8')
/** @param {string} file */
function parse(file) {
  const text = textOf(file)
  const { program, comments } = parseSync(file, text)
  return { text, program, comments }
}
const product = files.filter((file) => isProduct(file) && /\.tsx?$/.test(file))
const parsed = new Map(product.map((file) => [file, parse(file)]))

/** @param {string} name @param {string | number} value @param {string} [goal] */
function print(name, value, goal = '') {
  console.log(`${name.padEnd(44)}${String(value).padStart(10)}${goal ? `   goal ${goal}` : ''}`)
}

/** @param {readonly number[]} sorted @param {number} part */
const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0

/** @param {import('oxc-parser').Program} program @param {(node: import('oxc-parser').CallExpression) => boolean} matches */
function countCalls(program, matches) {
  let count = 0
  new Visitor({ CallExpression: (node) => void (matches(node) && count++) }).visit(program)
  return count
}

/** @param {import('oxc-parser').Program} program */
const getStateCalls = (program) =>
  countCalls(
    program,
    ({ callee }) =>
      callee.type === 'MemberExpression' &&
      callee.property.type === 'Identifier' &&
      callee.property.name === 'getState',
  )

/** Calls of `it` and `test`, and of what `each` makes of them; a table of cases counts once. @param {import('oxc-parser').Program} program */
const testCalls = (program) =>
  countCalls(program, ({ callee }) => {
    if (callee.type === 'Identifier') return callee.name === 'it' || callee.name === 'test'
    if (callee.type !== 'CallExpression' || callee.callee.type !== 'MemberExpression') return false
    const { object } = callee.callee
    return object.type === 'Identifier' && (object.name === 'it' || object.name === 'test')
  })

/**
 * Docstrings of the exported functions and classes; null where there is none.
 * @param {ReturnType<typeof parse>} source
 * @returns {(string | null)[]}
 */
function docstrings({ text, program, comments }) {
  const isFunction = (/** @type {{ type: string } | null | undefined} */ node) =>
    /^(Arrow)?Function|^Class/.test(node?.type ?? '')
  return program.body.flatMap((node) => {
    if (node.type !== 'ExportNamedDeclaration' || !node.declaration) return []
    const { declaration } = node
    const counts =
      declaration.type === 'VariableDeclaration'
        ? declaration.declarations.some(({ init }) => isFunction(init))
        : isFunction(declaration)
    if (!counts) return []
    const doc = comments.find(
      ({ type, value, end }) =>
        type === 'Block' &&
        value.startsWith('*') &&
        end <= node.start &&
        text.slice(end, node.start).trim() === '',
    )
    return [doc?.value ?? null]
  })
}

const lines = product
  .map((file) => ({ file, count: textOf(file).trimEnd().split('\n').length }))
  .toSorted((a, b) => a.count - b.count)
const counts = lines.map(({ count }) => count)
print('product files (.ts, .tsx)', product.length)
print('lines of a file: median', quantile(counts, 0.5), '60')
print('lines of a file: p90', quantile(counts, 0.9), '180')
print(`lines of a file: longest (${lines.at(-1)?.file})`, counts.at(-1) ?? 0, String(MAX_LINES))
const long = lines.filter(({ count }) => count > MAX_LINES)
print(`files over ${MAX_LINES} lines`, long.length, '0')
for (const { file, count } of long.toReversed()) console.log(`  ${file} ${count}`)

const cycles = findCycles(imports)
print('circles of imports, types counted', cycles.length, '0')
for (const cycle of cycles) console.log(`  ${[...cycle, cycle[0]].join(' -> ')}`)
const mutual = findMutualFolders(imports.filter(({ from }) => isProduct(from)))
print('folders that import each other', mutual.length, '0')
for (const { pair } of mutual)
  console.log(`  ${pair.join(' <-> ')}${isParentAndChild(pair) ? ' (parent and child)' : ''}`)

// The engine's getState() reads a random number's state, not a store.
const outside = [...parsed].filter(([file]) => !['state', 'engine'].includes(layerOf(file)?.name ?? ''))
print(
  'getState() outside src/state',
  outside.reduce((sum, [, { program }]) => sum + getStateCalls(program), 0),
  '0',
)

const docs = [...parsed.values()].flatMap(docstrings)
const written = docs.filter((doc) => doc !== null)
/** @param {number} part */
const share = (part) => `${Math.round((100 * part) / Math.max(1, docs.length))} %`
print(`exported functions and classes (${docs.length}): docstring`, share(written.length))
for (const tag of TAGS) print(`  with ${tag}`, share(written.filter((doc) => doc.includes(tag)).length))

/** @type {Map<string, { files: number, tests: number }>} */
const tests = new Map()
for (const file of files.filter((one) => TEST_FILE.test(one))) {
  const place = layerOf(file)?.name ?? file.split('/', 1)[0] ?? ''
  const sum = tests.get(place) ?? { files: 0, tests: 0 }
  tests.set(place, { files: sum.files + 1, tests: sum.tests + testCalls(parse(file).program) })
}
console.log('tests (a table of cases counts once):')
for (const [place, sum] of tests) print(`  ${place}, ${sum.files} files`, sum.tests)
