declare module 'virtual:fill-core' {
  /** A WebAssembly module, base64. */
  export const CORE: string
}
