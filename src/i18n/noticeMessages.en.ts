/** What the page says by itself after something was done. */
export const noticesEn = {
  'notice.link-copied': 'Link copied.',
  'notice.link-of-file': 'Link copied. Whoever opens it is asked for the file {name}.',
  'notice.link-without-mask': 'Link copied without the mask, which is too detailed for a link (over 64 KB).',
  'notice.link-without-results':
    'Applied results are not in the link: whoever opens it sees the picture without them.',
  'notice.link-needs-file': 'This link is for the file {name}. Open that file to see the mask on it.',
  'notice.applied': 'Applied.',
  'notice.outputs-ready': 'The outputs are ready.',
  'notice.image-copied': 'Picture copied.',
  'notice.output-cut':
    'The backend returned {width} × {height} px for an area of {regionWidth} × {regionHeight} px. It was scaled to fill the area and trimmed.',
  'notice.more-outputs': 'The backend returned {came} outputs. The first {shown} are shown.',
  'notice.fewer-outputs':
    '{came} of {asked} outputs arrived. Some models drop pictures that fail their safety check.',
  'notice.text-copied': 'Copied.',
  'notice.run-found': 'It had started: it was found on the backend and is being followed.',
  'notice.run-no-list': 'This backend has no list of runs. Check your account there.',
  'notice.run-not-found':
    'It is not in the backend’s list yet. Check again in a moment, or look at your account.',
  'notice.cancel-local': 'Stopped here. On the backend it may go on and cost money.',
  'notice.finished-before-cancel': 'It finished before it could be cancelled. The outputs are kept.',
  'notice.settings-dropped': 'The link’s values for {names} do not fit this model and were left out.',
  'notice.nothing-found': 'No object found there. Draw a loop around it that includes some background.',
  'notice.other-file': 'The link’s mask is for a picture of {width} × {height} px and does not fit this one.',
  'notice.picture-depth': '{name} has {depth} bits per channel. It was opened with 8.',
  'notice.picture-scaled': '{name} is {width} × {height} px. It was opened at {newWidth} × {newHeight}.',
  'notice.picture-partial': '{name} is damaged: its end is missing. The part that is there was opened.',
} as const
