import type { MaskEditor } from '../../editor/maskEditor'
import { OpenDocument } from './openDocument'
import { baseOf, pictureSize, type SourceImage } from './source'

/** A document of a form alone: no picture is open. */
export function documentOfForm(): OpenDocument {
  const createdAt = new Date().toISOString()
  return new OpenDocument({
    id: crypto.randomUUID(),
    created: { createdAt, base: null, size: null, from: null, file: null },
  })
}

/**
 * The document of a picture that is opened for the first time.
 * @param current the one that was open; a form without a picture becomes this one
 * @param isDerived the picture is an output of what was open
 */
export function documentOfPicture(
  source: SourceImage,
  editor: MaskEditor,
  current: OpenDocument | null,
  isDerived: boolean,
): OpenDocument {
  const { key, name, link, file } = baseOf(source)
  const at = new Date().toISOString()
  const form = current?.created.base ? null : current
  const from = isDerived && current?.editor ? { id: current.id, step: current.tip } : null
  const document = new OpenDocument({
    id: form?.id ?? crypto.randomUUID(),
    created: { createdAt: at, base: { key, name, link }, size: pictureSize(source), from, file },
  })
  document.restart(editor.steps, editor.undone, at)
  document.release = form?.release ?? null
  return document
}
