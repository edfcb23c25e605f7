/** The fill engine of this device. */
export const fillEn = {
  'compare.best': 'best match',
  'option.fill_color': 'Colour adaptation',
  'optionAbout.fill_color':
    'Default continues light that changes evenly. High also follows lamps and shadows, but may smear edges. None copies pixels as they are.',
  'choice.fill_color.none': 'None',
  'choice.fill_color.default': 'Default',
  'choice.fill_color.high': 'High',
  'option.fill_mirror': 'Mirror what is copied',
  'optionAbout.fill_mirror': 'Also copies left and right swapped, as on the other half of a front.',
  'option.fill_rotate': 'Turn what is copied',
  'optionAbout.fill_rotate': 'Also copies turned by 90, 180 and 270 degrees, as around a rosette or a frame.',
  'option.fill_scale': 'Scale what is copied',
  'optionAbout.fill_scale':
    'Also copies a fifth smaller and a quarter larger, as in planks seen at an angle.',
} as const
