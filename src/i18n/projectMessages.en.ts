/** Said of project files. */
export const projectEn = {
  'error.project/unreadable': '{name} is not a Pentimento project, or it is damaged.',
  'error.project/newer-version': '{name} was saved by a newer version. Reload the page and open it again.',
  'error.project/too-large':
    '{name} was not opened: it unpacks to more than a project may hold (2 GB, 5,000 entries).',
  'error.project/unsafe': '{name} was not opened: it has entries that no project file has.',
  'error.project/no-picture': 'The picture in {name} is missing or damaged: there is nothing to open.',
  'error.project/not-saved': '{name} could not be saved. Free some space, or choose another place.',
  'notice.project-saving': 'Saving {name}…',
  'notice.project-saved':
    '{name} is saved, with picture, mask, undo steps, settings and runs. It holds no tokens.',
  'notice.project-cut':
    '{name} is saved, but it is too large to hold everything. Left out, oldest runs first: {count} undo steps, runs and files.',
  'notice.project-partial':
    '{name} is damaged: {count} of its pictures, steps and runs are missing. The rest was opened.',
  'export.project': 'Project file',
} as const
