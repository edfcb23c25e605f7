import type { LocalizedText } from '../core/localizedText'
import { DEFAULT_ENGINE_ID, type FillEngine } from './fillEngine'
import { simdCore } from './simd/simdCore'
import { patchMatchFill } from './patchMatch/patchMatchFill'

export interface EngineDescriptor {
  readonly id: string
  readonly name: LocalizedText
  readonly engine: FillEngine
}

/** The embedded engines; the first is the default. */
export const ENGINES: readonly EngineDescriptor[] = [
  {
    id: DEFAULT_ENGINE_ID,
    name: { en: 'Content-aware fill', zh: '内容识别填充' },
    engine: patchMatchFill(simdCore),
  },
]
