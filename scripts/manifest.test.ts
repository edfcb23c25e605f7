import { readdirSync, readFileSync, statSync } from 'node:fs'
import { decode } from 'fast-png'
import { expect, it } from 'vitest'

const PUBLIC = new URL('../public/', import.meta.url)

interface Manifest {
  readonly name: string
  readonly id: string
  readonly start_url: string
  readonly scope: string
  readonly display: string
  readonly icons: readonly { src: string; sizes: string; type: string; purpose?: string }[]
}

it('can be installed: a name, a start in its scope, a window of its own, icons of the sizes they claim', () => {
  const manifest = JSON.parse(readFileSync(new URL('manifest.json', PUBLIC), 'utf8')) as Manifest
  // Relative: the page may lie under any path.
  expect(manifest).toMatchObject({
    name: 'Pentimento',
    id: './',
    start_url: './',
    scope: './',
    display: 'standalone',
  })
  const drawn = manifest.icons.filter(({ type }) => type === 'image/png')
  for (const { src, sizes } of drawn) {
    const { width, height } = decode(readFileSync(new URL(src, PUBLIC)))
    expect(`${width}x${height}`).toBe(sizes)
  }
  expect(drawn.map(({ sizes, purpose = 'any' }) => `${sizes} ${purpose}`)).toEqual([
    '192x192 any',
    '512x512 any',
    '512x512 maskable',
  ])
  const html = readFileSync(new URL('../index.html', import.meta.url), 'utf8')
  expect(html).toContain('<link rel="manifest" href="/manifest.json" />')
})

it('shows the samples as small pictures of at most 10 kB, one for each', () => {
  const small = new URL('samples/small/', PUBLIC)
  const samples = readdirSync(new URL('samples/', PUBLIC)).filter((name) => name.endsWith('.jpg'))
  expect(readdirSync(small).map((name) => name.replace('.webp', '.jpg'))).toEqual(samples)
  for (const name of readdirSync(small))
    expect(statSync(new URL(name, small)).size).toBeLessThanOrEqual(10_000)
})
