import { afterAll, beforeAll, expect, it } from 'vitest'

/** Every module of platform and backends that runs in the page. */
const modules = import.meta.glob(['./**/*.ts', '../backends/**/*.ts', '!**/*.{worker,test,testkit}.ts'])

const BROWSER_GLOBALS = [
  'window',
  'document',
  'location',
  'navigator',
  'sessionStorage',
  'localStorage',
  'indexedDB',
  'trustedTypes',
  'Worker',
  'BroadcastChannel',
]
const touched: string[] = []
const originals = new Map(
  BROWSER_GLOBALS.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]),
)

beforeAll(() => {
  for (const name of BROWSER_GLOBALS) {
    const get = () => {
      touched.push(name)
    }
    Object.defineProperty(globalThis, name, { configurable: true, get })
  }
})

afterAll(() => {
  for (const [name, original] of originals) {
    if (original) Object.defineProperty(globalThis, name, original)
    else Reflect.deleteProperty(globalThis, name)
  }
})

it.each(Object.keys(modules))('%s imports without touching the browser', async (path) => {
  touched.length = 0
  await modules[path]()
  expect(touched).toEqual([])
})
