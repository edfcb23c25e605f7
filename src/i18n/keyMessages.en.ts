/** What keys and gestures do, in the words of the shortcuts dialog. */
export const keysEn = {
  'keys.picture': 'Picture',
  'keys.twoFingers': 'two fingers',
  'keys.pinch': 'pinch',
  'keys.copy': 'Copy the picture',
  'keys.export': 'Export the picture',
  'keys.prompt': 'Go to the prompt',
} as const
