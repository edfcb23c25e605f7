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

/** The three layouts: side panels, drawer, sheets. In `em`: larger text takes the layout of a smaller window. */
export function useLayout(): 'desktop' | 'tablet' | 'phone' {
  const desktop = useMedia('(min-width: 64em)')
  const phone = useMedia('(max-width: 39.9375em)')
  return desktop ? 'desktop' : phone ? 'phone' : 'tablet'
}
