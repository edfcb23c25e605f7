/** What a model is shown where the picture has nothing yet: its nearest edge, grey, noise, or a fill of this device. */
export const PREFILLS = ['edge', 'gray', 'noise', 'device'] as const

export type Prefill = (typeof PREFILLS)[number]

/** As it was before there was a choice. */
export const DEFAULT_PREFILL: Prefill = 'edge'
