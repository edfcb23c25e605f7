import { useSyncExternalStore } from 'react'

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}

/** The three layouts: side panels, drawer, sheets. */
export function useLayout(): 'desktop' | 'tablet' | 'phone' {
  const desktop = useMedia('(min-width: 1024px)')
  const phone = useMedia('(max-width: 639px)')
  return desktop ? 'desktop' : phone ? 'phone' : 'tablet'
}
