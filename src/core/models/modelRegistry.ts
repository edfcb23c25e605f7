import { isObject, ownProperty } from '../json'
import { type FieldSpec, fieldByRole, readInputSchema } from '../prediction/inputSchema'
import fluxFillDev from './fluxFillDev.openapi.json'
import fluxFillPro from './fluxFillPro.openapi.json'
import ideogramV2 from './ideogramV2.openapi.json'
import outpainter from './outpainter.openapi.json'
import { maskPolarity, type MaskPolarity } from '../prediction/polarity'
import sdInpainting from './sdInpainting.openapi.json'

/** A model and its inputs: bundled, or from a backend's own schema. */
export interface ModelDescriptor {
  /** `owner/name`, as on its host. */
  readonly id: string
  readonly name: string
  /** The version to ask for unless the user names another; `owner/name` for an official model. */
  readonly version: string
  /** In form order. */
  readonly fields: readonly FieldSpec[]
  /** As the mask's description says; null where the model takes no mask. */
  readonly polarity: MaskPolarity | null
  /** True where its server sends progress as server-sent events. */
  readonly streams: boolean
}

/** Reads Cog's OpenAPI document as a model. @param document untrusted; without inputs the model has no fields */
export function readModel(
  document: unknown,
  { id, name, version }: Pick<ModelDescriptor, 'id' | 'name' | 'version'>,
) {
  const fields = readInputSchema(document)
  const streams = isStreaming(document)
  return { id, name, version, fields, polarity: polarityIn(fields), streams } satisfies ModelDescriptor
}

/** The polarity that the mask's description says; null where no field is the mask. */
export function polarityIn(fields: readonly FieldSpec[]): MaskPolarity | null {
  const mask = fieldByRole(fields, 'mask')
  return mask ? maskPolarity(mask.description) : null
}

/** Models that yield outputs can opt in to streaming, which is marked on the path. */
function isStreaming(document: unknown): boolean {
  const paths = ownProperty(document, 'paths')
  return (
    isObject(paths) &&
    Object.values(paths).some((path) =>
      [path, ownProperty(path, 'post'), ownProperty(path, 'put')].some(
        (part) => ownProperty(part, 'x-cog-streaming') === true,
      ),
    )
  )
}

/** An official model is asked for by its name alone. */
function official(document: unknown, id: string, name: string): ModelDescriptor {
  return readModel(document, { id, name, version: id })
}

/** The bundled models, in menu order; the first is the default. */
export const MODELS: readonly ModelDescriptor[] = [
  readModel(sdInpainting, {
    id: 'stability-ai/stable-diffusion-inpainting',
    name: 'Stable Diffusion inpainting',
    version: '95b7223104132402a9ae91cc677285bc5eb997834bd2349fa486f53910fd68b3',
  }),
  official(fluxFillPro, 'black-forest-labs/flux-fill-pro', 'FLUX fill pro'),
  official(fluxFillDev, 'black-forest-labs/flux-fill-dev', 'FLUX fill dev'),
  official(ideogramV2, 'ideogram-ai/ideogram-v2', 'Ideogram v2'),
  readModel(outpainter, {
    id: 'wolverinn/realisticoutpainter',
    name: 'Realistic outpainter',
    version: 'e68b0ec017719fc2c7455d2333183e1016312353c250981a23d04a20970b6824',
  }),
]
