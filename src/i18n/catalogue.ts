import type { laterEn } from './laterMessages.en'
import type { en } from './messages.en'

export type MessageKey = keyof typeof en | keyof typeof laterEn

/** The texts up to the first stroke, in one language. */
export type Messages = Readonly<Record<keyof typeof en, string>>

/** Every text, in one language. */
export type AllMessages = Readonly<Record<MessageKey, string>>
