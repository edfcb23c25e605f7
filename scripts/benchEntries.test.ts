import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** What the benches bundle or load by a path in a text, which no compiler follows. */
const parts = readdirSync(import.meta.dirname)
  .filter((name) => /^bench.*\.mjs$/.test(name))
  .flatMap((name) => {
    const text = readFileSync(`${import.meta.dirname}/${name}`, 'utf8')
    const bundled = [...text.matchAll(/^export \{ (.+) \} from '(\/src\/.+)'$/gm)]
    const loaded = [...text.matchAll(/ssrLoadModule\('(\/.+)\.ts'\)/g)]
    return [
      ...bundled.map(([, names, path]) => ({ name, path, names: names.split(', ') })),
      ...loaded.map(([, path]) => ({ name, path, names: [] as string[] })),
    ]
  })

describe('what a bench measures', () => {
  it('is found at all', () => expect(parts.length).toBeGreaterThan(8))

  it.each(parts)('$name has $path', async ({ path, names }) => {
    const file = `${import.meta.dirname}/..${path}.ts`
    expect(existsSync(file)).toBe(true)
    if (names.length === 0) return
    const module = (await import(/* @vite-ignore */ file)) as Record<string, unknown>
    for (const name of names) expect(module).toHaveProperty(name)
  })
})
