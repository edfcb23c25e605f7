export const SD = 'stability-ai/stable-diffusion-inpainting'
export const OUTPAINTER = 'wolverinn/realisticoutpainter'

export const schema = (properties: Record<string, object>) => ({
  components: { schemas: { Input: { properties } } },
})
