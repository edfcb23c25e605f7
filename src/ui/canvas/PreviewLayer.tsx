import { useEffect, useState } from 'react'
import type { View } from '../../core/viewport'
import type { MaskEditor } from '../../editor/maskEditor'
import { LazyOutlineLayer } from './lazyLayers'

interface PreviewLayerProps {
  readonly editor: MaskEditor
  readonly view: View
}

/**
 * The live outline of a shape that is being drawn. Its canvas exists only while there is an outline, so that brush
 * strokes do not pay for it.
 */
export function PreviewLayer({ editor, view }: PreviewLayerProps) {
  const [shown, setShown] = useState(false)
  useEffect(() => editor.subscribe({ preview: () => setShown(editor.preview !== null) }), [editor])
  return shown ? <LazyOutlineLayer editor={editor} view={view} /> : null
}
