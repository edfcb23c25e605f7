import type { fillEn } from './fillMessages.en'

/** The fill engine of this device, in Chinese. */
export const fillZh: Record<keyof typeof fillEn, string> = {
  'compare.best': '最佳匹配',
}
