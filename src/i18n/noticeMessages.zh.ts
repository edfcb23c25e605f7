import type { noticesEn } from './noticeMessages.en'

export const noticesZh = {
  'notice.link-copied': '链接已复制。',
  'notice.link-of-file': '链接已复制。打开它的人需要提供文件 {name}。',
  'notice.link-without-mask': '已复制不含蒙版的链接：蒙版过于复杂（超过 64 KB）。',
  'notice.link-without-results': '链接不含已应用的结果：打开者看到的是没有这些结果的图片。',
  'notice.link-needs-file': '此链接对应文件 {name}。打开该文件即可看到蒙版。',
  'notice.applied': '已应用到图片。',
  'notice.outputs-ready': '结果已生成。',
  'notice.image-copied': '图片已复制。',
  'notice.output-cut':
    '后端为 {regionWidth} × {regionHeight} 像素的区域返回了 {width} × {height} 像素。已缩放填满该区域，并裁去多余部分。',
  'notice.more-outputs': '后端返回了 {came} 张结果，显示前 {shown} 张。',
  'notice.fewer-outputs': '请求了 {asked} 张，收到 {came} 张。部分模型会丢弃未通过安全检查的图片。',
  'notice.text-copied': '已复制。',
  'notice.run-found': '运行已开始：已在后端找到，正在跟进。',
  'notice.run-no-list': '此后端没有运行列表，请在那里查看账户。',
  'notice.run-not-found': '后端列表中还没有这次运行。请稍后再查，或查看账户。',
  'notice.cancel-local': '已在此处停止，但后端可能仍在运行并计费。',
  'notice.finished-before-cancel': '取消之前已经完成，结果已保留。',
  'notice.settings-dropped': '链接中 {names} 的值不适用于此模型，已略去。',
  'notice.nothing-found': '那里没有找到物体。请围着它画一圈，并包含一些背景。',
  'notice.other-file': '链接的蒙版属于 {width} × {height} 像素的图片，与这张不符。',
  'notice.picture-depth': '{name} 每通道为 {depth} 位，已按 8 位打开。',
  'notice.picture-scaled': '{name} 为 {width} × {height} 像素，已缩小到 {newWidth} × {newHeight} 打开。',
  'notice.picture-partial': '{name} 已损坏，末尾缺失。已打开完好的部分。',
} satisfies Readonly<Record<keyof typeof noticesEn, string>>
