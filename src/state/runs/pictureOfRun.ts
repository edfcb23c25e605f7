import { documentOfRun, type RunRecord } from '../../core/document/codec/recordCodec'
import type { OpenedPicture } from '../session/openPicture'
import type { SourceImage } from '../session/source'

/**
 * A run's picture as it is opened again: its frame, what was painted and set aside, and which part of it was sent.
 * @param source with the kept results that the run was sent
 * @throws AppError `share/unreadable` where its record is damaged
 */
export function pictureOfRun(record: RunRecord, source: SourceImage): OpenedPicture {
  const { frame, mask: commands, sampling, guides, sent, regions } = documentOfRun(record)
  return { source, frame, commands, sampling, guides, sent, regions, settled: true }
}
