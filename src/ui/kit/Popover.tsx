import { Popover as Parts } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton, type IconButtonProps } from './IconButton'
import styles from './Popover.module.css'

interface PopoverProps extends Pick<
  IconButtonProps,
  'label' | 'word' | 'keys' | 'disabled' | 'aria-keyshortcuts'
> {
  readonly icon: NonNullable<IconButtonProps['icon']>
  readonly onOpenChange?: (open: boolean) => void
  readonly children: ReactNode
}

/** Makes the button inside it close the popover that it is in. */
export function PopoverClose({ children }: { readonly children: ReactNode }) {
  return <Parts.Close asChild>{children}</Parts.Close>
}

/** An icon button that opens a small panel of controls under itself. */
export function Popover({ onOpenChange, children, ...button }: PopoverProps) {
  return (
    <Parts.Root {...(onOpenChange && { onOpenChange })}>
      <Parts.Trigger asChild>
        <IconButton {...button} />
      </Parts.Trigger>
      <Parts.Portal>
        <Parts.Content className={styles.popover} align="start" sideOffset={6} aria-label={button.label}>
          {children}
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  )
}
