import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Icon, type IconName } from './Icon.tsx';

const LOOKS = {
  plain: 'border border-line bg-surface-2 text-ink hover:border-line-strong hover:bg-surface-3',
  quiet: 'text-ink-2 hover:bg-surface-3 hover:text-ink',
  accent: 'bg-accent text-accent-ink hover:opacity-90',
} as const;

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: keyof typeof LOOKS;
  readonly icon?: IconName;
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button with a text; its icon, if any, only repeats it. */
export function Button({ look = 'plain', icon, children, className = '', ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`inline-flex min-h-7 items-center justify-center gap-1.5 rounded-2 px-2.5 text-sm whitespace-nowrap transition-colors disabled:opacity-40 ${LOOKS[look]} ${className}`}
    >
      {icon && <Icon name={icon} size={14} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: IconName;
  /** What it does: its name for screen readers and its tooltip. */
  readonly label: string;
  readonly look?: keyof typeof LOOKS;
  readonly size?: number;
}

/** A button that shows only a picture, and says its name. */
export function IconButton({
  icon,
  label,
  look = 'quiet',
  size = 16,
  className = '',
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      className={`inline-flex size-8 shrink-0 items-center justify-center rounded-2 transition-colors disabled:opacity-35 aria-pressed:bg-surface-3 aria-pressed:text-ink ${LOOKS[look]} ${className}`}
    >
      <Icon name={icon} size={size} />
    </button>
  );
}
