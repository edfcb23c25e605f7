import fc from 'fast-check'
import { commandList } from '../mask/command/maskCommand.testkit'
import type { PictureDocument } from './document'
import type { DocumentEdit } from './edits'
import { FRAME, frame, blend, patch, region, sentArea, regionText } from './document.testkit'

/** An edit that fits the document it is given. */
export const edit: fc.Arbitrary<(document: PictureDocument) => DocumentEdit> = fc
  .record({
    kind: fc.constantFrom<DocumentEdit['kind']>(
      'paint',
      'paint.drop',
      'patch.add',
      'patch.remove',
      'patch.move',
      'patch.blend',
      'patch.coverage',
      'patch.paint',
      'patch.drop',
      'patch.visible',
      'frame',
      'frame.drop',
      'sent',
      'turn',
      'region.add',
      'region.remove',
      'region.text',
      'region.mask',
    ),
    area: fc.constantFrom('mask' as const, 'sampling' as const, 'guides' as const),
    command: commandList(FRAME, 1).map(([command]) => command),
    patch: patch(FRAME),
    region,
    ...regionText,
    which: fc.nat(),
    place: fc.nat(),
    blend,
    frame,
    added: commandList(FRAME, 3),
    sent: sentArea,
    visible: fc.boolean(),
  })
  .map(({ kind, area, command, which, place, ...parts }) => (document) => {
    const { patches, regions } = document
    const regionId = regions.length > 0 ? regions[which % regions.length].id : ''
    const addRegion: DocumentEdit = {
      kind: 'region.add',
      region: parts.region,
      place: place % (regions.length + 1),
    }
    if (kind.startsWith('region.') && regions.length === 0) return addRegion
    const id = patches.length > 0 ? patches[which % patches.length].id : ''
    const add: DocumentEdit = { kind: 'patch.add', patch: parts.patch, place: place % (patches.length + 1) }
    const needsPatch = kind.startsWith('patch.') && patches.length === 0
    switch (needsPatch ? 'patch.add' : kind) {
      case 'paint':
        return { kind: 'paint', area, command }
      case 'paint.drop':
        return document[area].length > 0 ? { kind: 'paint.drop', area } : { kind: 'paint', area, command }
      case 'patch.add':
        return add
      case 'patch.remove':
        return { kind: 'patch.remove', id }
      case 'patch.move':
        return { kind: 'patch.move', id, place: place % patches.length }
      case 'patch.blend':
        return { kind: 'patch.blend', id, blend: parts.blend }
      case 'patch.coverage':
        return { kind: 'patch.coverage', id, coverage: parts.patch.coverage }
      case 'patch.paint':
        return { kind: 'patch.paint', id, command }
      case 'patch.drop': {
        const { coverage } = patches[which % patches.length]
        return coverage.length > 0 ? { kind: 'patch.drop', id } : { kind: 'patch.paint', id, command }
      }
      case 'patch.visible':
        return { kind: 'patch.visible', id, visible: parts.visible }
      case 'frame':
        return { kind: 'frame', frame: parts.frame, mask: parts.added }
      case 'frame.drop':
        return {
          kind: 'frame.drop',
          frame: parts.frame,
          count: Math.min(parts.added.length, document.mask.length),
        }
      case 'sent':
        return { kind: 'sent', sent: parts.sent }
      case 'turn': {
        const { base, mask, sampling, guides } = document
        const { name, width, height } = base
        const link = { kind: 'file', name, sha256: null } as const
        const turned = { key: patches[0]?.pixels ?? base.key, name, width: height, height: width, link }
        return {
          kind: 'turn',
          base: turned,
          frame: parts.frame,
          mask: mask.slice(1),
          sampling: guides,
          guides: sampling,
          patches: patches.slice(1),
          regions: [],
          sent: parts.sent,
          sentBefore: document.sent,
        }
      }
      case 'region.add':
        return addRegion
      case 'region.remove':
        return { kind: 'region.remove', id: regionId }
      case 'region.text':
        return { kind: 'region.text', id: regionId, name: parts.name, prompt: parts.prompt }
      case 'region.mask':
        return { kind: 'region.mask', id: regionId, mask: parts.region.mask, maskFrame: FRAME }
    }
  })
