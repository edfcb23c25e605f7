import { LANGUAGES } from '../../core/localizedText'
import { whenText } from '../../core/whenText'
import { useAppState } from './useApp'

// The first time takes 20 ms and more, which would lie in the frame that shows a run's card.
if ('requestIdleCallback' in globalThis)
  requestIdleCallback(() => whenText(new Date(), document.documentElement.lang))

/** @returns tells when something was, in the page's language @see whenText */
export function useWhen(): (at: Date) => string {
  const { htmlLang } = LANGUAGES[useAppState(({ settings }) => settings.locale)]
  return (at) => whenText(at, htmlLang)
}
