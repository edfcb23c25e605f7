import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const FOR_POINTERS = /@media \(hover: hover\) \{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g

/** The rules of a sheet that only hold under a pointer, though a finger leaves them on what it tapped last. */
function stickyRules(css: string): string[] {
  const rules = css.replaceAll(FOR_POINTERS, '').matchAll(/([^{};]+)\{/g)
  return [...rules]
    .map(([, selectors]) => selectors!.trim())
    .filter((selectors) => selectors.split(/,(?![^(]*\))/).every((selector) => selector.includes(':hover')))
}

describe('what is drawn under a pointer', () => {
  it('is told from a rule that a finger would leave on', () => {
    expect(stickyRules('.a:hover { x: y } .b, .b:hover { x: y } .c { x: y }')).toEqual(['.a:hover'])
    expect(stickyRules('@layer kit { @media (hover: hover) { .a:hover { x: y } } }')).toEqual([])
  })

  it('stays off where a finger taps', () => {
    const sheets = readdirSync('src/ui', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.css'),
    )
    expect(sheets.length).toBeGreaterThan(20)
    const sticky = sheets.flatMap((file) =>
      stickyRules(readFileSync(`src/ui/${file}`, 'utf8')).map((rule) => `${file} ${rule}`),
    )
    expect(sticky).toEqual([])
  })
})
