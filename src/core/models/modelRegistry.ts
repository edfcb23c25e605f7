import { type FieldSpec, readInputSchema } from '../prediction/inputSchema'
import sdInpainting from './sdInpainting.openapi.json'

/** A model whose input schema comes with the application. */
export interface ModelDescriptor {
  /** `owner/name`, as its hosts call it. */
  readonly id: string
  readonly name: string
  /** The version the schema is of, and that is asked for unless the user names another. */
  readonly version: string
  /** In form order. */
  readonly fields: readonly FieldSpec[]
}

/** The bundled models, in menu order; the first is the default. */
export const MODELS: readonly ModelDescriptor[] = [
  {
    id: 'stability-ai/stable-diffusion-inpainting',
    name: 'Stable Diffusion inpainting',
    version: '95b7223104132402a9ae91cc677285bc5eb997834bd2349fa486f53910fd68b3',
    fields: readInputSchema(sdInpainting),
  },
]

export function modelById(id: string): ModelDescriptor {
  return MODELS.find((model) => model.id === id) ?? MODELS[0]
}
