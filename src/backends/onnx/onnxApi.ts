import type { GrayImage, RgbaImage } from '../../core/image/raster'
import type { Convention, ModelProfile } from './modelProfile'
import type { ModelAnswer } from './modelView'
import type { Provider } from './onnxSession'

/** How a model runs here: found out at its first run, and kept with it. */
export interface ModelFacts {
  readonly convention: Convention
  readonly provider: Provider
}

/** A model's file and what its graph tells. */
export interface ModelJob {
  readonly id: string
  readonly file: Blob
  readonly profile: ModelProfile
}

/** What a model runs on: the graphics processor, or the processor with a number of threads. */
export interface RanOn {
  readonly provider: Provider
  readonly threads: number
}

/** What the worker of the models does. */
export interface OnnxApi {
  /** Loads a model and finds out how it runs. @throws AppError `onnx/…` */
  check(job: ModelJob): Promise<ModelFacts>
  /** Loads a model. @throws AppError `onnx/…` */
  load(job: ModelJob & ModelFacts): Promise<RanOn>
  /**
   * Fills a hole.
   * @param mask of the image's size; above 0 is filled
   * @param variant 0..3: how the model sees the picture
   * @throws AppError `onnx/…`
   */
  fillHole(
    job: ModelJob & ModelFacts,
    image: RgbaImage,
    mask: GrayImage,
    variant: number,
  ): Promise<ModelAnswer & RanOn>
}

/** The worker as the page sees it. */
export interface ModelWorker extends OnnxApi {
  /** Ends what it is doing at once; the next call starts it anew. */
  terminate(): void
}
