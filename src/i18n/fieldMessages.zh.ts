import type { fieldsEn } from './fieldMessages.en'

/** 字段的值为何被拒绝，以及作为值的文件。 */
export const fieldsZh = {
  'form.takeExample': '使用模型的示例',
  'form.undoReset': '撤销重置',
  'problem.required': '必填。',
  'problem.not-a-number': '不是数字。',
  'problem.not-whole': '只能是整数。',
  'problem.too-large': '数值过大，无法精确表示。',
  'problem.out-of-range': '须在 {low} 至 {high} 之间。',
  'problem.at-least': '不能小于 {low}。',
  'problem.at-most': '不能大于 {high}。',
  'problem.not-allowed': '不是允许的值。',
  'problem.not-allowed-step': '须为 {step} 的倍数。',
  'problem.not-json': '不是有效的 JSON。',
  'problem.not-an-address': '请填写地址（https://…）或选择文件。',
  'form.file.choose': '选择文件',
  'form.file.remove': '移除文件',
  'form.file.chosen': '已选文件，{kilobytes} kB',
  'form.file.tooLarge': '文件超过 {most} kB，请改为填写地址。',
  'problem.too-long': '{length} 个字符，最多 {most} 个。',
} satisfies Readonly<Record<keyof typeof fieldsEn, string>>
