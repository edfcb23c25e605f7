import type { runsEn } from './runMessages.en'

/** 运行中断时的说明。 */
export const runsZh = {
  'stage.outage': '后端已 {seconds} 秒没有响应，正在重试',
  'outage.offline': '此设备已离线',
  'outage.unreachable': '无法连接，或不允许此页面访问',
  'outage.cors': '有响应，但不允许此页面读取（CORS）',
  'outage.policy': '本页面的安全策略不允许访问它的地址',
  'outage.localNetwork': '此页面不能访问本地网络',
  'outage.timeout': '响应时间过长',
  'outage.token': '不接受此 API 令牌',
  'outage.forbidden': '不允许此操作',
  'outage.payment': '账户余额不足',
  'outage.unknown': '不认识此运行',
  'outage.busy': '要求等待',
  'outage.status': '状态码 {status}',
  'outage.unread': '无法理解其响应',
} satisfies Readonly<Record<keyof typeof runsEn, string>>
