export const PROJECT_TYPE = 'application/x-pentimento'
export const PROJECT_EXTENSION = '.pentimento'

/** True for a project file, by its name: systems know its type only where the page is installed. */
export function isProjectFile({ name }: { readonly name: string }): boolean {
  return name.toLowerCase().endsWith(PROJECT_EXTENSION)
}
