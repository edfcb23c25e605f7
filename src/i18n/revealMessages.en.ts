/** Painting an output, or the original, into the picture. */
export const revealEn = {
  'reveal.from': 'Paint from this output',
  'reveal.restore': 'Restore original',
  'reveal.label': 'Reveal brush',
  'reveal.source': 'Paint from',
  'reveal.original': 'Original',
  'reveal.output': 'Output {number}',
  'reveal.hint': 'Brush paints it in. Eraser takes it back out.',
  'reveal.done': 'Done',
} as const
