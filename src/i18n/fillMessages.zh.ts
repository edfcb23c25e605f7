import type { fillEn } from './fillMessages.en'

/** The fill engine of this device, in Chinese. */
export const fillZh: Record<keyof typeof fillEn, string> = {
  'compare.best': '最佳匹配',
  'option.fill_color': '颜色适应',
  'optionAbout.fill_color':
    '“默认”延续均匀变化的光线；“高”还会跟随灯光和阴影，但可能使边缘模糊；“无”按原样复制像素。',
  'choice.fill_color.none': '无',
  'choice.fill_color.default': '默认',
  'choice.fill_color.high': '高',
  'option.fill_mirror': '镜像复制来源',
  'optionAbout.fill_mirror': '也复制左右翻转的内容，适合对称的立面。',
  'option.fill_rotate': '旋转复制来源',
  'optionAbout.fill_rotate': '也复制旋转 90、180 和 270 度的内容，适合圆花饰或画框。',
  'option.fill_scale': '缩放复制来源',
  'optionAbout.fill_scale': '也复制缩小五分之一和放大四分之一的内容，适合带透视的木板。',
}
