import { expect, it } from 'vitest'
import { GUIDE_COLOR } from '../canvas/guideColor'
import { regionColor } from './regionColors'

type Color = readonly number[]

/** Linear light, 0..1. */
function linear(hex: string): Color {
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
}

const dot = (row: readonly number[], color: Color) => row.reduce((sum, part, k) => sum + part * color[k], 0)
const luminance = (color: Color) => dot([0.2126, 0.7152, 0.0722], color)

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(linear(a)), luminance(linear(b))].toSorted((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

/** Machado 2009, in linear light. */
const EYES = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const

/** CIE Lab of what these eyes see. */
function seenLab(hex: string, eyes: readonly (readonly number[])[]): Color {
  const color = eyes.map((row) => Math.min(1, Math.max(0, dot(row, linear(hex)))))
  const [x, y, z] = [
    dot([0.4124, 0.3576, 0.1805], color) / 0.95047,
    luminance(color),
    dot([0.0193, 0.1192, 0.9505], color) / 1.08883,
  ].map((value) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116))
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

it('regions are seen on light and on dark: 3 to 1 at least', () => {
  for (let place = 0; place < 8; place++) {
    expect(contrast(regionColor(place), '#ffffff')).toBeGreaterThanOrEqual(3)
    expect(contrast(regionColor(place), '#1e1f22')).toBeGreaterThanOrEqual(3)
  }
})

it.each(Object.entries(EYES))(
  'the first three regions and the guide lines differ for eyes with %s sight',
  (_, eyes) => {
    const labs = [GUIDE_COLOR, regionColor(0), regionColor(1), regionColor(2)].map((hex) =>
      seenLab(hex, eyes),
    )
    for (const [i, a] of labs.entries()) {
      // 2.3 is just seen.
      for (const b of labs.slice(0, i)) expect(Math.hypot(...a.map((v, k) => v - b[k]))).toBeGreaterThan(30)
    }
  },
)
