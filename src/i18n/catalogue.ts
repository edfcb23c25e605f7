import type { en } from './messages.en'

/** Every text, in one language. */
export type Messages = Readonly<Record<keyof typeof en, string>>
