import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

interface Entry {
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Record<string, Entry>
}

it('the lockfile has the native binaries of every common machine, not only of the one it was made on', () => {
  const missing: string[] = []
  for (const { optionalDependencies } of Object.values(lock.packages)) {
    for (const name of Object.keys(optionalDependencies ?? {})) {
      const wanted =
        /darwin-(arm64|x64)|win32-x64|linux-(x64|arm64)/.test(name) && !/android|freebsd/.test(name)
      if (wanted && !lock.packages[`node_modules/${name}`]) missing.push(name)
    }
  }
  expect(missing).toEqual([])
})
