import { createContext } from 'react'

/** The kit's own texts, in the reader's language; App provides them. */
export const KitTexts = createContext({ close: 'Close', dismiss: 'Dismiss' })
