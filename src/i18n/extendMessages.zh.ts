import type { extendEn } from './extendMessages.en'

/** 显示图片的哪一部分，以及用模型扩展图片。 */
export const extendZh = {
  'extend.edges': '画面边缘',
  'extend.apply': '应用新的画面范围',
  'extend.cancel': '取消',
  'extend.free': '任意比例',
  'extend.more': '更多扩展和裁剪选项',
  'extend.moreWord': '更多',
  'extend.move': '整体移动边缘',
  'extend.size': '{width} × {height} 像素',
  'extend.added': '增加 {px} 像素',
  'extend.cropped': '裁掉 {px} 像素',
  'extend.state': '扩展或裁剪',
  'extend.turnedState': '旋转',
  'extend.bakes': '拉直后，修补层会并入图片；撤销后又可调整。',
  'extend.byModel': '由模型扩展：{preset}。此时忽略蒙版。',
  'prefill.label': '模型在新区域看到的内容',
  'prefill.edge': '边缘颜色',
  'prefill.gray': '灰色',
  'prefill.noise': '噪点',
  'prefill.device': '本机填充',
} satisfies Record<keyof typeof extendEn, string>
