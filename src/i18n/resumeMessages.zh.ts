import type { resumeEn } from './resumeMessages.en'

/** Said of runs that a closed page has cut off. */
export const resumeZh = {
  'resume.sameSeed': '用相同种子再次运行',
} satisfies Readonly<Record<keyof typeof resumeEn, string>>
