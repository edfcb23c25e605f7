import type { EngineAnswer, FillRequest } from '../../engine/fillEngine'

/** One picture to fill. */
export interface FillJob extends FillRequest {
  readonly engineId: string
}

/** What the engine worker does. */
export interface EngineApi {
  /**
   * @param progress gets fractions, 0..1, while the fill goes on: plain messages, as the worker reads no answers then
   * @returns the part that was masked
   * @throws AppError `engine/no-source`, `engine/no-sampling`
   */
  fill(job: FillJob, progress: MessagePort): Promise<EngineAnswer>
}
