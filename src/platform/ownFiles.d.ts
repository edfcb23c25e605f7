declare module 'virtual:own-files' {
  /** The build's files, beside the service worker; `revision` is null where the name holds a hash of the contents. */
  export const OWN_FILES: { readonly url: string; readonly revision: string | null }[]
  /** Large files that not everyone needs. */
  export const LATER_FILES: readonly string[]
}
