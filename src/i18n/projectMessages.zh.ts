import type { projectEn } from './projectMessages.en'

/** Said of project files. */
export const projectZh = {
  'error.project/unreadable': '{name} 不是 Pentimento 项目，或已损坏。',
  'error.project/newer-version': '{name} 由更新的版本保存。请重新加载页面后再打开。',
  'error.project/too-large': '已拒绝 {name}：解压后超出项目的上限（2 GB、5,000 个条目）。',
  'error.project/unsafe': '已拒绝 {name}：其中有项目文件不会有的条目。',
  'error.project/no-picture': '{name} 的图片缺失或已损坏，没有可打开的内容。',
  'error.project/not-saved': '无法保存 {name}。请腾出空间，或选择其他位置。',
  'notice.project-saving': '正在保存 {name}…',
  'notice.project-saved': '已保存 {name}：图片、蒙版、撤销步骤、设置和运行都在其中，不含令牌。',
  'notice.project-cut':
    '已保存 {name}，但内容过多，未能全部放入：省略了 {count} 项撤销步骤、运行和文件，先省略最旧的运行。',
  'notice.project-partial': '{name} 已损坏：其中 {count} 张图片、步骤或运行记录缺失，其余已打开。',
  'export.project': '项目文件',
} satisfies Readonly<Record<keyof typeof projectEn, string>>
