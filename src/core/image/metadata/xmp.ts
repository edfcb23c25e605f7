import { type About, SOFTWARE } from './about'

/** Max bytes of a packet in a JPEG: a segment's length has 16 bits, and its mark stands in front. */
export const MAX_XMP_BYTES = 65_535 - 2 - 29

const NAMESPACE = 'https://pentimento.example/ns/1.0/'
const PROPERTY = 'pentimento:document'

/**
 * An XMP packet.
 * @returns at most `MAX_XMP_BYTES`: of a text that is too long only what this page reads again is left
 * @see ISO 16684-1
 */
export function xmpPacket(about: About): Uint8Array<ArrayBuffer> {
  const whole = new TextEncoder().encode(packet(about))
  if (whole.length <= MAX_XMP_BYTES) return whole
  return new TextEncoder().encode(packet({ ...about, prompt: '', parameters: '' }))
}

function packet({ prompt, parameters, document }: About): string {
  const described = prompt
    ? `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escaped(prompt)}</rdf:li></rdf:Alt></dc:description>`
    : ''
  const attributes = [
    ['xmp:CreatorTool', SOFTWARE],
    ...(parameters ? [['pentimento:parameters', parameters]] : []),
    [PROPERTY, document],
  ]
  const written = attributes.map(([name, value]) => `${name}="${escaped(value)}"`).join(' ')
  return (
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>' +
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" ' +
    `xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pentimento="${NAMESPACE}" ${written}>${described}` +
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
  )
}

/** What XML cannot hold is left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"\t\n\r]/g, (found) => `&#${found.codePointAt(0)};`)
}

/** @returns `About.document` of a packet; null where it has none, undefined where it is damaged */
export function documentInXmp(xmp: Uint8Array): string | null | undefined {
  const text = new TextDecoder().decode(xmp)
  if (!text.includes(PROPERTY)) return null
  return /pentimento:document\s*=\s*["']([\w-]*)["']/.exec(text)?.[1]
}
