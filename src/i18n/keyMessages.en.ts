/** What keys and gestures do, in the words of the shortcuts dialog. */
export const keysEn = {
  'app.wheelZooms': 'Mouse wheel zooms',
  'message.label': 'Messages',
  'skip.label': 'Skip links',
  'skip.canvas': 'Skip to the canvas',
  'skip.form': 'Skip to the settings',
  'skip.outputs': 'Skip to the outputs',
  'run.outputs': 'Outputs: {count}.',
  'keys.copy': 'Copy the picture',
  'keys.export': 'Export the picture',
  'keys.prompt': 'Go to the prompt',
} as const
