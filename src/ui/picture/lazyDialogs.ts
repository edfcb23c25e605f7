import { laterPart } from '../messages/lazyPart'

export const LazyExportDialog = laterPart(async () => (await import('./ExportDialog')).ExportDialog)
