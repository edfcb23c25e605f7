/** Said of runs that a closed page has cut off. */
export const resumeEn = {
  'resume.sameSeed': 'Run again with the same seed',
} as const
