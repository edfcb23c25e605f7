import { PICTURES } from './pictures'
import { MASKS } from './masks'
import { measure } from './measure'
import { patchMatchFill } from '../../src/engine/patchMatch/patchMatchFill'
import { simdCore } from '../../src/engine/simd/simdCore'
export async function go() {
  const core = simdCore()!
  for (const side of [512, 1024, 2048]) for (const name of ['coffee', 'bricks']) for (const m of ['15 %', 'scratches']) {
    const image = PICTURES.find((p) => p.name === name)!.make(side), mask = MASKS.find((k) => k.name === m)!.make(side)
    const run = (c?: any) => { const t = performance.now(); const out = patchMatchFill(c).run({ image, mask, seed: 0 }, () => {}); return [performance.now() - t | 0, out] as const }
    const simd = [run(core)[0], run(core)[0]]
    const [ms, out] = side < 2048 ? run() : [0, image]
    console.log(side, name, m, 'simd', ...simd, 'ts', ms, JSON.stringify(measure(out as any, image, mask)))
  }
}
