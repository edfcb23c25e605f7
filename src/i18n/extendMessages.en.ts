/** Extending with a model. */
export const extendEn = {
  'extend.byModel': 'Let the model extend it: {preset}. The mask is ignored then.',
  'prefill.label': 'What the model sees in the new area',
  'prefill.edge': 'Edge colours',
  'prefill.gray': 'Grey',
  'prefill.noise': 'Noise',
  'prefill.device': 'A fill made on this device',
} as const
