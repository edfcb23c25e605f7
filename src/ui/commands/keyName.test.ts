import { describe, expect, it, vi } from 'vitest'

vi.stubGlobal('navigator', { platform: 'Linux x86_64' })
const { keyNames } = await import('./keyName')

type Held = Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'altGraph', boolean>>

/** What each key types without Shift and with it, by its code. */
type Layout = Readonly<Record<string, string>>

/** Rows of keys, from their leftmost code; two characters a key. */
const ROWS = [
  'Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal',
  'KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight',
  'KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backslash',
  'IntlBackslash KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash',
].map((row) => row.split(' '))

function layout(...rows: readonly string[]): Layout {
  return Object.fromEntries(
    ROWS.flatMap((codes, row) => {
      const keys = rows[row].split(' ')
      expect(keys).toHaveLength(codes.length)
      return codes.map((code, k) => [code, keys[k]] as const)
    }),
  )
}

const US = layout(
  '`~ 1! 2@ 3# 4$ 5% 6^ 7& 8* 9( 0) -_ =+',
  'qQ wW eE rR tT yY uU iI oO pP [{ ]}',
  'aA sS dD fF gG hH jJ kK lL ;: \'" \\|',
  '\\| zZ xX cC vV bB nN mM ,< .> /?',
)
const AZERTY = layout(
  '²~ &1 é2 "3 \'4 (5 -6 è7 _8 ç9 à0 )° =+',
  'aA zZ eE rR tT yY uU iI oO pP ^¨ $£',
  'qQ sS dD fF gG hH jJ kK lL mM ù% *µ',
  '<> wW xX cC vV bB nN ,? ;. :/ !§',
)
const QWERTZ = layout(
  '^° 1! 2" 3§ 4$ 5% 6& 7/ 8( 9) 0= ß? ´`',
  'qQ wW eE rR tT zZ uU iI oO pP üÜ +*',
  "aA sS dD fF gG hH jJ kK lL öÖ äÄ #'",
  '<> yY xX cC vV bB nN mM ,; .: -_',
)
const DVORAK = layout(
  '`~ 1! 2@ 3# 4$ 5% 6^ 7& 8* 9( 0) [{ ]}',
  '\'" ,< .> pP yY fF gG cC rR lL /? =+',
  'aA oO eE uU iI dD hH tT nN sS -_ \\|',
  '<> ;: qQ jJ kK xX bB mM wW vV zZ',
)
const RUSSIAN = layout(
  'ёЁ 1! 2" 3№ 4; 5% 6: 7? 8* 9( 0) -_ =+',
  'йЙ цЦ уУ кК еЕ нН гГ шШ щЩ зЗ хХ ъЪ',
  'фФ ыЫ вВ аА пП рР оО лЛ дД жЖ эЭ \\/',
  '/| яЯ чЧ сС мМ иИ тТ ьЬ бБ юЮ .,',
)
const LATIN = { US, AZERTY, QWERTZ, DVORAK }

function press(code: string, key: string, held: Held = {}, mac = false): readonly string[] {
  const { ctrlKey = false, metaKey = false, altKey = false, shiftKey = false, altGraph = false } = held
  const getModifierState = (name: string) => name === 'AltGraph' && altGraph
  return keyNames({ code, key, ctrlKey, metaKey, altKey, shiftKey, getModifierState }, mac)
}

function typed(keys: Layout, code: string, held: Held = {}): readonly string[] {
  return press(code, keys[code][held.shiftKey ? 1 : 0], held)
}

describe('a letter is the one on the key', () => {
  it.each(Object.entries(LATIN))('of each key of %s', (_, keys) => {
    const said = Object.entries(keys).filter(([, [plain]]) => /[a-z]/.test(plain))
    expect(said).toHaveLength(26)
    for (const [code, [plain]] of said) {
      expect(typed(keys, code)).toEqual([plain.toUpperCase()])
      expect(typed(keys, code, { ctrlKey: true })).toEqual([`$mod+${plain.toUpperCase()}`])
      expect(typed(keys, code, { ctrlKey: true, shiftKey: true })).toEqual([
        `$mod+Shift+${plain.toUpperCase()}`,
      ])
    }
  })

  it('undoes by the key that says Z', () => {
    const undo = { ctrlKey: true }
    expect(typed(AZERTY, 'KeyW', undo)).toEqual(['$mod+Z'])
    expect(typed(QWERTZ, 'KeyY', undo)).toEqual(['$mod+Z'])
    expect(typed(DVORAK, 'Slash', undo)).toEqual(['$mod+Z'])
    for (const keys of [AZERTY, QWERTZ, DVORAK]) expect(typed(keys, 'KeyZ', undo)).not.toContain('$mod+Z')
  })

  it('is that of the US keyboard where a key types no Latin letter', () => {
    for (const code of Object.keys(RUSSIAN).filter((one) => one.startsWith('Key'))) {
      expect(typed(RUSSIAN, code, { ctrlKey: true })).toEqual([`$mod+${code.slice(3)}`])
    }
    expect(press('KeyB', 'Process')).toEqual(['B'])
    expect(press('KeyH', '้')).toEqual(['H'])
    expect(press('KeyQ', 'é')).not.toContain('Q')
    expect(press('KeyQ', 'Dead')).not.toContain('Q')
  })
})

describe('a digit or a bracket is a place', () => {
  it.each(Object.entries({ ...LATIN, RUSSIAN }))('in %s', (_, keys) => {
    for (const code of ['Digit0', 'Digit1', 'BracketLeft', 'BracketRight', 'Backslash']) {
      if (/[a-z]/.test(keys[code][0])) continue
      expect(typed(keys, code)[0]).toBe(code)
      expect(typed(keys, code, { ctrlKey: true })[0]).toBe(`$mod+${code}`)
    }
    expect(typed(keys, 'BracketLeft', { shiftKey: true })[0]).toBe('Shift+BracketLeft')
  })

  it('or the digit that is typed, on a number pad or with Shift', () => {
    expect(press('Numpad1', '1')).toEqual(['Digit1'])
    expect(typed(AZERTY, 'Digit1', { shiftKey: true })).toContain('Digit1')
    expect(typed(US, 'Digit1', { shiftKey: true })).not.toContain('Digit1')
  })
})

describe('a sign is what is typed', () => {
  it('wherever its key lies, with or without Shift', () => {
    expect(typed(US, 'Slash', { shiftKey: true })).toEqual(['?'])
    expect(typed(QWERTZ, 'Minus', { shiftKey: true })).toEqual(['?'])
    expect(typed(AZERTY, 'Period', { shiftKey: true })).toEqual(['/'])
    expect(typed(QWERTZ, 'Digit7', { shiftKey: true })).toContain('/')
    expect(typed(AZERTY, 'Digit6', { ctrlKey: true })).toContain('$mod+-')
    expect(typed(QWERTZ, 'BracketRight', { ctrlKey: true })).toContain('$mod++')
    expect(press('NumpadAdd', '+', { ctrlKey: true })).toEqual(['$mod++'])
  })
})

describe('modifiers', () => {
  it('are Control, or Command on a Mac', () => {
    expect(press('KeyZ', 'z', { metaKey: true }, true)).toEqual(['$mod+Z'])
    expect(press('KeyZ', 'z', { ctrlKey: true }, true)).toEqual([])
    expect(press('KeyZ', 'z', { metaKey: true })).toEqual([])
  })

  it('leave Alt and AltGr to what they type', () => {
    expect(press('KeyE', '€', { altGraph: true })).toEqual([])
    expect(press('KeyB', 'b', { altKey: true })).toEqual([])
  })

  it('count with named keys', () => {
    expect(press('Enter', 'Enter', { ctrlKey: true })).toEqual(['$mod+Enter'])
    expect(press('Space', ' ', { shiftKey: true })[0]).toBe('Shift+Space')
    expect(press('Delete', 'Delete')).toEqual(['Delete'])
  })
})
