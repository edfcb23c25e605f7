/** What a field means to the product, whatever a model calls it. */
export const FIELD_ROLES = [
  'image',
  'mask',
  'prompt',
  'negativePrompt',
  'steps',
  'guidance',
  'scheduler',
  'count',
  'strength',
  'seed',
  'width',
  'height',
  'outpaint',
  'safety',
] as const

export type FieldRole = (typeof FIELD_ROLES)[number]

/** Field names in use, by role; the first hit wins. */
const ROLE_NAMES: Readonly<Record<FieldRole, readonly string[]>> = {
  image: ['image', 'init_image', 'input_image', 'org_image', 'original_image', 'image_url', 'img'],
  mask: ['mask', 'mask_image', 'input_mask_image', 'mask_url', 'mask_img'],
  prompt: ['prompt', 'text'],
  negativePrompt: ['negative_prompt', 'n_prompt'],
  steps: ['num_inference_steps', 'steps', 'num_steps'],
  guidance: ['guidance_scale', 'guidance', 'cfg_scale', 'cfg'],
  scheduler: ['scheduler', 'sampler_name', 'sampler'],
  count: ['num_outputs', 'num_images', 'num_images_per_prompt', 'batch_size', 'num_samples', 'outputs'],
  strength: ['strength', 'prompt_strength', 'denoising_strength'],
  seed: ['seed'],
  width: ['width'],
  height: ['height'],
  outpaint: ['outpaint'],
  safety: ['disable_safety_checker'],
}

/** The role of each field among these that has one. */
export function rolesOf(names: readonly string[]): Map<string, FieldRole> {
  const roles = new Map<string, FieldRole>()
  for (const [role, candidates] of Object.entries(ROLE_NAMES) as [FieldRole, readonly string[]][]) {
    const hit = candidates.find((candidate) => names.includes(candidate))
    if (hit !== undefined) roles.set(hit, role)
  }
  return roles
}

/** The role that a name in use stands for, whether or not a model has it. */
export function roleOfName(name: string): FieldRole | undefined {
  return FIELD_ROLES.find((key) => ROLE_NAMES[key].includes(name))
}
