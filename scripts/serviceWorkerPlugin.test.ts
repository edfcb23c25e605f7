import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ownFiles } from './serviceWorkerPlugin'

it('keeps what the page fetches; large files wait for their first use, names without a hash get a revision', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pentimento-own-'))
  try {
    mkdirSync(join(folder, 'assets'))
    const names = [
      'index.html',
      'assets/a-1.js',
      'assets/a-1.js.map',
      'assets/net-2.wasm',
      'a b.md',
      'a b.jpg',
    ]
    for (const name of names)
      writeFileSync(join(folder, name), name === 'assets/net-2.wasm' ? Buffer.alloc(1_000_001) : name)
    const { first, later } = ownFiles(folder, [...names, '.vite/manifest.json'])
    expect(first.map(({ url }) => url)).toEqual(['a%20b.jpg', 'assets/a-1.js', 'index.html'])
    expect(first.map(({ revision }) => revision?.length ?? null)).toEqual([16, null, 16])
    expect(later).toEqual(['assets/net-2.wasm'])
    writeFileSync(join(folder, 'index.html'), 'other')
    expect(ownFiles(folder, names).first[2]?.revision).not.toBe(first[2]?.revision)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
