// @ts-check
// The one table of layers and rooms. `npm run layers` writes src/.oxlintrc.json and the tables of
// docs/architecture.md from it; scripts/imports.mjs checks every import against it.

/**
 * A folder of src, or a file of it.
 * @typedef {object} Layer
 * @property {string} name folder below src, or the file's name
 * @property {string} holds
 * @property {readonly string[]} mayImport other layers, by value
 * @property {readonly string[]} [mayImportTypes] other layers, by `import type` only
 * @property {string} livesIn
 * @property {readonly string[]} packages that product code may import; `react` covers `react/jsx-runtime`
 * @property {readonly string[]} forbiddenGlobals
 */

/**
 * A folder of a layer, or a file at the layer's top.
 * @typedef {object} Room
 * @property {string} name folder below the layer, or the file's name
 * @property {string} holds
 * @property {readonly string[]} mayImport other rooms of the layer
 * @property {readonly string[]} [layers] instead of the layer's own `mayImport`
 * @property {readonly string[]} [forbiddenGlobals] in addition to the layer's
 */

const BROWSER = ['document', 'window', 'fetch', 'indexedDB', 'localStorage', 'sessionStorage', 'navigator']
const STORAGE = ['fetch', 'indexedDB', 'localStorage', 'sessionStorage']

/** @type {readonly Layer[]} */
export const LAYERS = [
  {
    name: 'core',
    holds: 'the domain: data types and pure functions',
    mayImport: [],
    livesIn: 'anywhere (page, worker, tests)',
    packages: ['valibot'],
    forbiddenGlobals: BROWSER,
  },
  {
    name: 'editor',
    holds: 'headless mask editor: tools, gestures, undo',
    mayImport: ['core'],
    livesIn: 'anywhere',
    packages: [],
    forbiddenGlobals: BROWSER,
  },
  {
    name: 'engine',
    holds: 'fill algorithms, worker entry and its messages',
    mayImport: ['core'],
    livesIn: 'worker, tests',
    packages: ['virtual:fill-core'],
    forbiddenGlobals: BROWSER,
  },
  {
    name: 'platform',
    holds: 'browser services: decode, encode, IndexedDB, fetch, deflate',
    mayImport: ['core'],
    livesIn: 'browser',
    packages: [
      'comlink',
      'fflate',
      'idb',
      'valibot',
      'workbox-precaching',
      'workbox-routing',
      'workbox-strategies',
      'virtual:own-files',
    ],
    forbiddenGlobals: [],
  },
  {
    name: 'backends',
    holds: 'implementations of `Backend`',
    mayImport: ['core', 'engine', 'platform'],
    livesIn: 'browser',
    packages: ['comlink', 'eventsource-parser', 'onnxruntime-web', 'valibot'],
    forbiddenGlobals: STORAGE,
  },
  {
    name: 'state',
    holds: 'stores, queries, controllers: joins the layers below',
    mayImport: ['core', 'editor', 'backends'],
    mayImportTypes: ['platform'],
    livesIn: 'browser, tests',
    packages: ['zustand', '@tanstack/react-query', '@tanstack/query-core', 'valibot'],
    forbiddenGlobals: STORAGE,
  },
  {
    name: 'i18n',
    holds: 'message catalogues and `translate`',
    mayImport: ['core'],
    livesIn: 'anywhere',
    packages: [],
    forbiddenGlobals: BROWSER,
  },
  {
    name: 'ui',
    holds: 'React and Konva views',
    mayImport: ['core', 'editor', 'state', 'i18n'],
    livesIn: 'React DOM',
    packages: [
      'react',
      'react-dom',
      'konva',
      'react-konva',
      'radix-ui',
      'lucide-react',
      'clsx',
      'uqr',
      '@tanstack/react-virtual',
    ],
    forbiddenGlobals: STORAGE,
  },
  {
    name: 'server',
    holds: 'the key-holding proxy and the security policy',
    mayImport: [],
    livesIn: 'Node',
    packages: ['node:', 'vite'],
    forbiddenGlobals: ['document', 'window', 'indexedDB', 'localStorage', 'sessionStorage'],
  },
  {
    name: 'browserPorts.ts',
    holds: "the browser, as `state`'s ports",
    mayImport: ['platform', 'backends', 'state'],
    livesIn: 'page',
    packages: [],
    forbiddenGlobals: [],
  },
  {
    name: 'main.tsx',
    holds: 'composition root',
    mayImport: ['core', 'editor', 'engine', 'platform', 'backends', 'state', 'i18n', 'ui', 'browserPorts.ts'],
    livesIn: 'page',
    packages: ['react', 'react-dom'],
    forbiddenGlobals: [],
  },
]

const STATE_BELOW = ['ports.ts', 'shell', 'model', 'session', 'runs', 'share', 'parts.ts']
const NOT_IN_NODE = [...BROWSER, 'location']

/** @param {number} count rooms of state that a room may import, from the left */
const below = (count) => STATE_BELOW.slice(0, count)

const FEATURE = ['kit', 'hooks', 'commands', 'messages']

/** @type {Readonly<Record<string, readonly Room[]>>} */
export const ROOMS = {
  state: [
    {
      name: 'ports.ts',
      holds: 'what the page gives: clock, storage, location, stores, workers',
      mayImport: [],
      forbiddenGlobals: NOT_IN_NODE,
    },
    {
      name: 'shell',
      holds: "settings, messages, dialogs, viewport, tools' settings, what is persisted",
      mayImport: below(1),
      forbiddenGlobals: NOT_IN_NODE,
    },
    {
      name: 'model',
      holds: 'models, form, roles, backends and their credentials',
      mayImport: below(2),
      forbiddenGlobals: NOT_IN_NODE,
    },
    {
      name: 'session',
      holds: 'the open document and its editor, opening, stored documents, mask operations, samples',
      mayImport: below(3),
      forbiddenGlobals: NOT_IN_NODE,
    },
    {
      name: 'runs',
      holds: 'list, runner, outputs, history, inspector, readiness',
      mayImport: below(4),
      forbiddenGlobals: NOT_IN_NODE,
    },
    {
      name: 'share',
      holds: 'links, export, project file',
      mayImport: below(5),
      forbiddenGlobals: NOT_IN_NODE,
    },
    {
      name: 'parts.ts',
      holds: 'the parts of the app that come in chunks of their own',
      mayImport: below(6),
      forbiddenGlobals: NOT_IN_NODE,
    },
    {
      name: 'app.ts',
      holds: '`createApp(ports)`, the only instance',
      mayImport: below(7),
      forbiddenGlobals: NOT_IN_NODE,
    },
  ],
  ui: [
    {
      name: 'kit',
      holds: 'Button, Dialog, Select, Slider and other controls',
      mayImport: [],
      layers: ['core'],
    },
    {
      name: 'hooks',
      holds: 'hooks that several features share',
      mayImport: [],
      layers: ['core', 'state', 'i18n'],
    },
    {
      name: 'commands',
      holds: 'the command registry, shortcuts and their help',
      mayImport: ['kit', 'hooks'],
    },
    { name: 'messages', holds: 'errors and notices, as they are said', mayImport: ['kit', 'hooks'] },
    { name: 'canvas', holds: 'the picture, the mask and pointer input', mayImport: FEATURE },
    { name: 'toolbar', holds: 'tools, their options, mask menus', mayImport: [...FEATURE, 'canvas'] },
    { name: 'backend', holds: 'backend and model dialogs', mayImport: FEATURE },
    { name: 'form', holds: "the model's fields and their widgets", mayImport: [...FEATURE, 'backend'] },
    { name: 'runs', holds: 'Run, the strip of runs, the inspector', mayImport: [...FEATURE, 'form'] },
    {
      name: 'patches',
      holds: 'kept results and their blends; regions with prompts of their own',
      mayImport: [...FEATURE, 'form', 'runs'],
    },
    {
      name: 'history',
      holds: 'the page of all runs and pictures',
      mayImport: [...FEATURE, 'form', 'runs'],
    },
    { name: 'settings', holds: 'preferences, storage, privacy', mayImport: FEATURE },
    { name: 'compare', holds: 'outputs beside the original', mayImport: [...FEATURE, 'canvas'] },
    { name: 'picture', holds: 'export and frame of the open picture', mayImport: FEATURE },
    { name: 'share', holds: 'link dialogs', mayImport: FEATURE },
    { name: 'start', holds: 'the start page: open, paste, samples', mayImport: FEATURE },
    {
      name: 'app',
      holds: 'layout; joins the features',
      mayImport: [
        ...FEATURE,
        'canvas',
        'toolbar',
        'backend',
        'form',
        'runs',
        'patches',
        'history',
        'settings',
        'compare',
        'picture',
        'share',
        'start',
      ],
    },
  ],
}

/**
 * The layer that a file belongs to.
 * @param {string} file relative to the root, with slashes
 * @returns {Layer | undefined} undefined outside src
 */
export function layerOf(file) {
  const name = /^src\/([^/]+)/.exec(file)?.[1]
  return LAYERS.find((layer) => layer.name === name)
}

/**
 * The room that a file belongs to.
 * @param {string} file relative to the root, with slashes
 * @returns {Room | undefined} undefined in a layer without rooms, and beside the rooms
 */
export function roomOf(file) {
  const [, layer = '', name] = /^src\/([^/]+)\/([^/]+)/.exec(file) ?? []
  return ROOMS[layer]?.find((room) => room.name === name)
}
