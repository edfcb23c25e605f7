interface CodeProps {
  readonly label: string
  readonly children: string
}

/** Text of a machine, which scrolls by its own keys where it is long. */
export function Code({ label, children }: CodeProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre role="group" aria-label={label} tabIndex={0}>
      {children}
    </pre>
  )
}
