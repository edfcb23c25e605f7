import { clsx } from 'clsx'
import { type ComponentProps, useEffect, useState } from 'react'
import { buttonClass, type ButtonLook } from './Button'
import { PressGuard, SHOWN_MS } from './pressGuard'

interface GuardedButtonProps
  extends Omit<ComponentProps<'button'>, 'onClick' | 'onKeyDown' | 'onPointerDown' | 'type'>, ButtonLook {
  /** False where nothing was in its place: every press is meant for it. */
  readonly replaces?: boolean
  /** Drawn by `className` alone. */
  readonly bare?: boolean
  readonly onPress: () => void
}

/** A button that comes where another one was: it takes no press that was meant for that one. */
export function GuardedButton({
  replaces = true,
  bare = false,
  primary,
  small,
  className,
  onPress,
  ...rest
}: GuardedButtonProps) {
  const [guard] = useState(() => new PressGuard())
  /** Counts the waits; 0 is none. */
  const [wait, setWait] = useState(replaces ? 1 : 0)
  useEffect(() => {
    if (!replaces) {
      guard.show(-Infinity)
      return
    }
    // The second frame shows what the first one drew.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame((now) => guard.show(now))
    })
    return () => cancelAnimationFrame(frame)
  }, [guard, replaces])
  useEffect(() => {
    if (wait === 0) return
    const check = () => {
      const waitMs = guard.waitMs(performance.now())
      if (waitMs === 0) setWait(0)
      else timer = setTimeout(check, Math.min(waitMs, SHOWN_MS))
    }
    let timer = setTimeout(check)
    return () => clearTimeout(timer)
  }, [guard, wait])

  // By the event's own time: on a busy page it is handled long after the press.
  const begin = ({ timeStamp }: { readonly timeStamp: number }) => {
    guard.begin(timeStamp)
    if (guard.waitMs(timeStamp) > 0) setWait((count) => count + 1)
  }
  return (
    <button
      {...rest}
      type="button"
      className={
        bare ? className : clsx(buttonClass({ primary: primary ?? false, small: small ?? false }), className)
      }
      aria-disabled={wait > 0}
      onPointerDown={begin}
      onKeyDown={(event) => {
        if (!event.repeat && (event.key === 'Enter' || event.key === ' ')) begin(event)
      }}
      onClick={(event) => {
        if (guard.end(event.timeStamp, event.detail === 0)) onPress()
      }}
    />
  )
}
