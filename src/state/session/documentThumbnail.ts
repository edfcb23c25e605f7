import type { Ports } from '../ports'
import type { OpenDocument } from './openDocument'
import { layersOfPicture } from './pictureLayers'
import type { SessionState } from './session'
import { pictureSize } from './source'

/** Stores the small picture of a document's card, where it shows another one by now. */
export async function drawThumbnail(
  ports: Pick<Ports, 'codec' | 'documents'>,
  document: OpenDocument,
  { source, frame }: SessionState,
): Promise<void> {
  const key = source && frame && `${source.key} ${frame.x} ${frame.y} ${frame.width} ${frame.height}`
  if (!source || !frame || document.isElsewhere || document.thumbnailKey === key) return
  document.thumbnailKey = key
  try {
    const [base, ...over] = layersOfPicture(source)
    const blob = await ports.codec.thumbnail(pictureSize(source), base.levels, frame, over)
    await ports.documents.saveDocumentThumbnail(document.id, blob)
  } catch {
    // A card without a picture is a card all the same.
    document.thumbnailKey = null
  }
}
