/** What keys and gestures do, in the words of the shortcuts dialog. */
export const keysEn = {
  'app.wheelZooms': 'Mouse wheel zooms',
  'keys.copy': 'Copy the picture',
  'keys.export': 'Export the picture',
  'keys.prompt': 'Go to the prompt',
} as const
