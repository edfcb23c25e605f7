import type { SessionState } from './session'

/** @returns the address of exactly the mask that is there; null where it was changed, or has none */
export function selectMaskUrl({
  editor,
  maskUrls,
}: Pick<SessionState, 'editor' | 'maskUrls'>): string | null {
  const command = editor?.isDrawing ? undefined : editor?.commands.at(-1)
  return (command && maskUrls.get(command)) ?? null
}

/** True where results are kept over the open picture. */
export function selectHasPatches({ session }: { readonly session: SessionState }): boolean {
  return (session.source?.applied?.patches.length ?? 0) > 0
}

/** True where undo would change something. */
export function selectCanUndo({ editor, before }: Pick<SessionState, 'editor' | 'before'>): boolean {
  return (editor?.canUndo ?? false) || before.length > 0
}

/** True where redo would change something. */
export function selectCanRedo({ editor, after }: Pick<SessionState, 'editor' | 'after'>): boolean {
  return (editor?.canRedo ?? false) || after.length > 0
}
