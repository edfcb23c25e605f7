import type { guideEn } from './guideMessages.en'

/** Guide lines, in Chinese. */
export const guideZh: Record<keyof typeof guideEn, string> = {
  'guide.lines': '引导线',
  'guide.clear': '清除引导线',
  'guide.unused': '只有本机填充会沿引导线延续。',
  'guide.off': '未经过蒙版、不起作用的引导线：{count}',
}
