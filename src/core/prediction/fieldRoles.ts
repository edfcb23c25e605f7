/** What a field means, whatever the model calls it. */
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

/** Field names that models use, by role; the first that a model has gets the role. */
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

/** The roles of fields, by field name. @param names of all fields of a model */
export function rolesOf(names: readonly string[]): Map<string, FieldRole> {
  const roles = new Map<string, FieldRole>()
  for (const [role, candidates] of Object.entries(ROLE_NAMES) as [FieldRole, readonly string[]][]) {
    const hit = candidates.find((candidate) => names.includes(candidate))
    if (hit !== undefined) roles.set(hit, role)
  }
  return roles
}

/** The role that a field name stands for in any model; undefined where it is unknown. */
export function roleOfName(name: string): FieldRole | undefined {
  return FIELD_ROLES.find((key) => ROLE_NAMES[key].includes(name))
}
