// @ts-check
// npm run layers: writes src/.oxlintrc.json and the tables of docs/architecture.md from scripts/layers.mjs.
import { readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format } from 'oxfmt'
import { LAYERS, ROOMS } from './layers.mjs'

/** @typedef {import('./layers.mjs').Layer} Layer */

const ROOT = new URL('..', import.meta.url)
const BEGIN = '<!-- layers: written by npm run layers -->'
const END = '<!-- /layers -->'

/** What holds for every file, whatever its layer. */
const BASE = {
  plugins: ['typescript', 'react', 'jsx-a11y', 'import', 'unicorn', 'oxc', 'promise'],
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  env: { browser: true, es2024: true },
  rules: {
    'react/react-in-jsx-scope': 'off',
    'import/no-unassigned-import': 'off',
    'import/no-named-as-default-member': 'off',
    'no-await-in-loop': 'off',
    'unicorn/require-post-message-target-origin': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'oxc/no-barrel-file': ['error', { threshold: 0 }],
    'typescript/consistent-type-imports': 'error',
    'max-lines': ['error', { max: 250, skipComments: true, skipBlankLines: true }],
    'react/rules-of-hooks': 'error',
    'react/exhaustive-deps': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/consistent-return': 'off',
    'jsx-a11y/prefer-tag-over-role': 'off',
    'unicorn/prefer-add-event-listener': 'off',
    'eslint/no-underscore-dangle': ['error', { allow: ['_context'] }],
  },
}

/** Tests may import from any layer; scripts, journeys and AssemblyScript are not held to the length of product files. */
const TESTS_AND_SCRIPTS = [
  {
    files: ['**/*.test.ts', '**/*.testkit.ts', '**/*.spec.ts'],
    rules: { 'no-restricted-imports': 'off', 'max-lines': 'off', 'typescript/no-misused-spread': 'off' },
  },
  {
    files: ['**/*.spec.ts', '**/e2e/**', '**/scripts/**'],
    rules: { 'max-lines': 'off', 'eslint/no-empty-pattern': 'off', 'oxc/no-map-spread': 'off' },
  },
  {
    // A room is a closure: none of its methods reads `this`.
    files: ['state/**', '**/src/state/**', 'ui/**', '**/src/ui/**', 'main.tsx', '**/src/main.tsx'],
    rules: { 'typescript/unbound-method': 'off' },
  },
  {
    // A cast is a conversion there.
    files: ['**/simd/assembly/**'],
    rules: { 'typescript/no-unnecessary-type-assertion': 'off' },
  },
]

const PACKAGES = [...new Set(LAYERS.flatMap(({ packages }) => packages))].filter(
  (name) => !name.includes(':'),
)

/** @param {string} name folder or file below src */
const filesOf = (name) =>
  /\.tsx?$/.test(name) ? [name, `**/src/${name}`] : [`${name}/**`, `**/src/${name}/**`]

/** @param {readonly string[]} names */
const restrictedGlobals = (names) =>
  names.length > 0 ? { 'no-restricted-globals': ['error', ...names] } : {}

/** @param {Layer} layer */
function layerOverride({ name, mayImport, mayImportTypes = [], packages, forbiddenGlobals }) {
  const layers = [name, ...mayImport, ...mayImportTypes]
  const others = LAYERS.map((other) => other.name).filter((other) => !layers.includes(other))
  const foreign = PACKAGES.filter((one) => !packages.includes(one))
  const folders = others.filter((other) => !other.includes('.'))
  const files = others.filter((other) => other.includes('.')).map((other) => other.replace(/\.tsx?$/, ''))
  const patterns = [
    {
      regex: `(^|/)(${folders.join('|')})/|(^|/)(${files.join('|')})(\\.tsx?)?$`,
      message: `${name} may import ${layers.join(', ')} only (docs/architecture.md, section 1).`,
    },
    {
      regex: `^(${foreign.join('|')})(/|$)`,
      message: `This package does not belong in ${name} (docs/architecture.md, section 1).`,
    },
    { regex: '\\.(testkit|test)(\\.tsx?)?$', message: 'Product code does not import tests and their kits.' },
  ]
  return {
    files: filesOf(name),
    rules: {
      'no-restricted-imports': ['error', { patterns }],
      ...restrictedGlobals(forbiddenGlobals),
    },
  }
}

/** @param {Layer} layer */
function roomOverrides({ name, forbiddenGlobals }) {
  const rooms = (ROOMS[name] ?? []).filter((room) => room.forbiddenGlobals)
  const [first] = rooms
  if (!first) return []
  const names = new Set([...forbiddenGlobals, ...rooms.flatMap((room) => room.forbiddenGlobals ?? [])])
  return [
    {
      files: rooms.flatMap((room) => filesOf(`${name}/${room.name}`)),
      rules: restrictedGlobals([...names]),
    },
  ]
}

/**
 * The text of src/.oxlintrc.json.
 * @returns {Promise<string>}
 */
export async function oxlintText() {
  const config = {
    ...BASE,
    overrides: [
      ...LAYERS.filter(({ name }) => name !== 'main.tsx').map(layerOverride),
      ...LAYERS.flatMap(roomOverrides),
      ...TESTS_AND_SCRIPTS,
    ],
  }
  const options = JSON.parse(readFileSync(new URL('.oxfmtrc.json', ROOT), 'utf8'))
  const { code } = await format('.oxlintrc.json', JSON.stringify(config), options)
  return code
}

/** @param {readonly string[]} cells */
const row = (cells) => `| ${cells.join(' | ')} |`

/** @param {readonly string[]} titles @param {readonly (readonly string[])[]} rows */
const table = (titles, rows) => [row(titles), row(titles.map(() => '---')), ...rows.map(row)].join('\n')

/** @param {readonly string[]} names */
const list = (names) => names.join(', ') || 'nothing'

/** @param {Layer} layer */
function imports({ name, mayImport, mayImportTypes = [] }) {
  const types = mayImportTypes.map((other) => `types of ${other}`)
  return list(name === 'main.tsx' ? mayImport : [name, ...mayImport, ...types])
}

/** @param {string} layer @param {readonly string[]} lacking */
const roomTitle = (layer, lacking) =>
  `Rooms of \`${layer}\`${lacking.length > 0 ? `, which never touch ${lacking.map((name) => `\`${name}\``).join(', ')}` : ''}:`

/** @returns {string} the part of docs/architecture.md between the two markers, markers included */
export function layerTables() {
  const layers = table(
    ['layer', 'holds', 'may import', 'lives in', 'packages', 'never touches'],
    LAYERS.map((layer) => [
      `\`${layer.name}\``,
      layer.holds,
      imports(layer),
      layer.livesIn,
      list(layer.packages.map((name) => `\`${name}\``)),
      list(layer.forbiddenGlobals.map((name) => `\`${name}\``)),
    ]),
  )
  const rooms = Object.entries(ROOMS).map(([layer, all]) => {
    const lacking = all[0]?.forbiddenGlobals ?? []
    return `${roomTitle(layer, lacking)}\n\n${table(
      ['room', 'holds', 'may import'],
      all.map((room) => [
        `\`${room.name}\``,
        room.holds,
        list([...room.mayImport, ...(room.layers ? [`of the layers ${list(room.layers)} only`] : [])]),
      ]),
    )}`
  })
  return [BEGIN, layers, ...rooms, END].join('\n\n')
}

/**
 * The text of docs/architecture.md with the tables of today.
 * @param {string} text with both markers
 * @throws {Error} where a marker is missing
 */
export function withLayerTables(text) {
  const [start, end] = [text.indexOf(BEGIN), text.indexOf(END)]
  if (start < 0 || end < start)
    throw new Error('docs/architecture.md has lost the markers of its layer tables')
  return text.slice(0, start) + layerTables() + text.slice(end + END.length)
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const docs = new URL('docs/architecture.md', ROOT)
  writeFileSync(docs, withLayerTables(readFileSync(docs, 'utf8')))
  writeFileSync(new URL('src/.oxlintrc.json', ROOT), await oxlintText())
}
