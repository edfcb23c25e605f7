import { backendEn } from './backendMessages.en'
import { errorsEn } from './errorMessages.en'
import { keysEn } from './keyMessages.en'

/** Texts that nothing before the first stroke needs: dialogs, errors, pages of their own. */
export const laterEn = {
  ...backendEn,
  ...errorsEn,
  ...keysEn,

  'share.title': 'Share this setup',
  'share.copy': 'Copy link',
  'share.file':
    'Your picture {name} is a file, which a link cannot carry. Whoever opens the link is asked for it.',
  'share.link': 'Link',
  'share.about':
    'The link carries the picture’s address, the mask and all settings, never a token or the picture itself.',
  'share.question': 'Open this link?',
  'share.replaces': 'Your picture and mask will be replaced.',
  'share.backend': 'It suggests another backend. What you run would be sent to:',
  'share.backendNote': 'A token is sent only if you entered one for this address.',
  'share.withBackend': 'Open with this backend',
  'share.without': 'Open, keep my backend',
  'share.take': 'Open link',
  'share.refuse': 'Ignore the link',
  'keys.tools': 'Tools',
  'keys.view': 'View',
  'keys.mask': 'Mask',
  'keys.run': 'Run and compare',
  'keys.smaller': 'Smaller / larger brush',
  'keys.softer': 'Softer / harder brush',
  'keys.swap': 'Swap brush and eraser',
  'keys.line': 'Straight line from the end of the last stroke',
  'keys.pan': 'Pan',
  'keys.zoom': 'Zoom at the pointer',
  'keys.crosshair': 'Move the crosshair (Shift: 10 px)',
  'keys.dab': 'Use the tool at the crosshair',
  'keys.escape': 'Cancel the stroke, leave Compare',
  'keys.step': 'Previous / next output',
  'keys.apply': 'Apply the output',
  'keys.save': 'Download the output',
  'keys.subtract': 'Subtract from the mask',
  'keys.peek': 'Show the original (hold)',
  'keys.drag': 'drag',
  'keys.middle': 'middle',
  'keys.click': 'click',
  'keys.right': 'right',
  'keys.wheel': 'wheel',
  'keys.arrows': 'Arrow keys',

  'run.send': 'Send',
  'run.discard': 'Discard',
  'stage.unsent': 'Ready to send',
  'notice.update-ready': 'A new version is ready. What is open comes back after the reload.',
} as const
