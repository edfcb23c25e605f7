// @ts-check

/**
 * Imports that break a rule and are still to be removed. Every rule ignores them; the check fails when one is gone
 * from the code but not from this list.
 * @type {readonly { from: string, to: string }[]}
 */
export const KNOWN_BREACHES = [
  { from: 'src/core/mask/raster/maskRuns.ts', to: 'src/core/mask/command/maskCodec.ts' },
  { from: 'src/state/earlyOutputs.ts', to: 'src/state/runFollower.ts' },
  { from: 'src/ui/kit/Dialog.tsx', to: 'src/ui/hooks/useT.ts' },
  { from: 'src/ui/compare/UnreadPane.tsx', to: 'src/ui/app/Messages.tsx' },
  { from: 'src/ui/backend/BackendDialog.tsx', to: 'src/ui/app/Messages.tsx' },
  { from: 'src/ui/backend/ModelLoader.tsx', to: 'src/ui/app/Messages.tsx' },
  { from: 'src/ui/toolbar/ToolOptions.tsx', to: 'src/ui/start/pickFile.ts' },
]
