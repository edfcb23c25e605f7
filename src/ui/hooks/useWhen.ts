import { LANGUAGES } from '../../core/localizedText'
import { whenText } from '../../core/whenText'
import { useAppState } from './useApp'

/** @returns tells when something was, in the page's language @see whenText */
export function useWhen(): (at: Date) => string {
  const { htmlLang } = LANGUAGES[useAppState(({ settings }) => settings.locale)]
  return (at) => whenText(at, htmlLang)
}
