import { type ChangeEvent, useEffect, useRef, useState } from 'react'

/** What is typed becomes a step once it rests for this long, or the field is left, ms. */
const REST_MS = 800

/**
 * A text that is typed here and taken over as a whole.
 * @param value as it is taken over
 * @param take takes what was typed
 * @returns props of the field
 */
export function useDraft(value: string, take: (text: string) => void) {
  const [draft, setDraft] = useState<string | null>(null)
  const taking = useRef(take)
  useEffect(() => {
    taking.current = take
  })
  // Undo, or another place, has changed it.
  const [known, setKnown] = useState(value)
  if (known !== value) {
    setKnown(value)
    setDraft(null)
  }
  useEffect(() => {
    if (draft === null) return undefined
    const timer = setTimeout(() => taking.current(draft), REST_MS)
    return () => clearTimeout(timer)
  }, [draft])
  return {
    value: draft ?? value,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => setDraft(event.target.value),
    onBlur: () => {
      if (draft !== null) take(draft)
      setDraft(null)
    },
  }
}
