import type { LucideIcon } from 'lucide-react'

interface IconButtonProps {
  readonly icon: LucideIcon
  readonly label: string
  readonly onClick: () => void
  /** Keys that do the same, for the tooltip. */
  readonly keys?: string
  readonly disabled?: boolean
  readonly pressed?: boolean
  /** Shows the label beside the icon where there is room. */
  readonly text?: boolean
  readonly className?: string
}

export function IconButton({
  icon: Icon,
  label,
  onClick,
  keys,
  disabled,
  pressed,
  text,
  className,
}: IconButtonProps) {
  return (
    <button
      type="button"
      className={`icon-button${text ? ' with-text' : ''}${className ? ` ${className}` : ''}`}
      aria-label={label}
      title={keys ? `${label} (${keys})` : label}
      disabled={disabled}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <Icon aria-hidden="true" />
      {text && <span className="button-text">{label}</span>}
    </button>
  )
}
