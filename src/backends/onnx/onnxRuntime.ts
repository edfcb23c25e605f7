import type * as Ort from 'onnxruntime-web'

export type Runtime = Pick<typeof Ort, 'InferenceSession' | 'Tensor'>

/** More threads than this gain little. */
const MAX_THREADS = 4

/** True where the graphics processor may be tried: its build of the runtime needs JavaScript promises in WebAssembly. */
export function mayUseGpu(): boolean {
  return 'gpu' in navigator && 'Suspending' in WebAssembly
}

/** Threads share memory, which only an isolated page may. */
export function threadCount(): number {
  return globalThis.crossOriginIsolated ? Math.min(MAX_THREADS, navigator.hardwareConcurrency) : 1
}

/**
 * Loads the runtime from the page's own files.
 * @param gpu the build that has WebGPU too
 */
export async function loadRuntime(gpu: boolean): Promise<Runtime> {
  const [runtime, { default: mjs }, { default: wasm }] = gpu
    ? await Promise.all([
        import('onnxruntime-web/jspi'),
        import('onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url'),
        import('onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url'),
      ])
    : await Promise.all([
        import('onnxruntime-web/wasm'),
        import('onnxruntime-web/ort-wasm-simd-threaded.mjs?url'),
        import('onnxruntime-web/ort-wasm-simd-threaded.wasm?url'),
      ])
  const { env } = runtime
  const absolute = (path: string) => new URL(path, location.href).href
  env.wasm.wasmPaths = { mjs: absolute(mjs), wasm: absolute(wasm) }
  env.wasm.numThreads = threadCount()
  env.logLevel = 'error'
  return runtime
}
