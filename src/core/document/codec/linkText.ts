import { readReplicateAddress } from './handWrittenLink'

/**
 * True for a text that is a link to open here: one that such a page made, wherever it lies, one written by hand for this page, or an
 * address of Replicate that names a model.
 * @param pageUrl this page's address without query and fragment
 */
export function isLinkText(text: string, pageUrl: string): boolean {
  const trimmed = text.trim()
  if (!URL.canParse(trimmed)) return false
  const { protocol, hash, href } = new URL(trimmed)
  if (protocol !== 'https:' && protocol !== 'http:') return false
  const isOwn = href.startsWith(pageUrl) && /^[?#]./.test(href.slice(pageUrl.length))
  return isOwn || /^#p\d+=/.test(hash) || readReplicateAddress(trimmed) !== null
}
