import { backendZh } from './backendMessages.zh'
import { errorsZh } from './errorMessages.zh'
import { keysZh } from './keyMessages.zh'
import type { laterEn } from './laterMessages.en'

/** 绘制之后才需要的文字。 */
export const laterZh = {
  ...backendZh,
  ...errorsZh,
  ...keysZh,

  'share.title': '分享此设置',
  'share.copy': '复制链接',
  'share.file': '您的图片 {name} 是文件，链接无法携带。打开链接的人需要提供它。',
  'share.link': '链接',
  'share.about': '链接包含图片的网址、蒙版和全部设置，绝不包含令牌或图片本身。',
  'share.question': '打开此链接？',
  'share.replaces': '您的图片和蒙版将被替换。',
  'share.backend': '它建议使用另一个后端。您运行的内容会发送到：',
  'share.backendNote': '只有您为此地址输入过令牌时，才会发送令牌。',
  'share.withBackend': '使用此后端打开',
  'share.without': '打开，保留我的后端',
  'share.take': '打开链接',
  'share.refuse': '忽略链接',
  'keys.tools': '工具',
  'keys.view': '视图',
  'keys.mask': '蒙版',
  'keys.run': '运行与对比',
  'keys.smaller': '缩小 / 放大画笔',
  'keys.softer': '更软 / 更硬的画笔',
  'keys.swap': '切换画笔与橡皮擦',
  'keys.line': '从上一笔的终点画直线',
  'keys.pan': '平移',
  'keys.zoom': '以指针为中心缩放',
  'keys.crosshair': '移动十字线（Shift：10 像素）',
  'keys.dab': '在十字线处使用工具',
  'keys.escape': '取消笔画，退出对比',
  'keys.step': '上一个 / 下一个结果',
  'keys.apply': '应用该结果',
  'keys.save': '下载该结果',
  'keys.subtract': '从蒙版中减去',
  'keys.peek': '查看原图（按住）',
  'keys.drag': '拖动',
  'keys.middle': '中键',
  'keys.click': '点击',
  'keys.right': '右键',
  'keys.wheel': '滚轮',
  'keys.arrows': '方向键',

  'run.send': '发送',
  'run.discard': '放弃',
  'stage.unsent': '待发送',
  'notice.update-ready': '新版本已就绪。重新加载后，已打开的内容会恢复。',
} satisfies Readonly<Record<keyof typeof laterEn, string>>
