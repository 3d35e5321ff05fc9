import { type ReactNode, useId } from 'react';

/** What the input of a field must carry, so that its label and its messages belong to it. */
export interface FieldIds {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
  readonly status?: 'error';
}

interface Props {
  readonly label: string;
  /** One sentence on what it is for. */
  readonly help?: string | undefined;
  /** What is wrong with it, shown beside it. */
  readonly problems?: readonly string[];
  readonly isRequired?: boolean;
  readonly children: (ids: FieldIds) => ReactNode;
}

/** One input with its label, a word of help, and its errors. */
export function Field({ label, help, problems, isRequired = false, children }: Props) {
  const id = useId();
  const isWrong = problems !== undefined && problems.length > 0;
  const described = [help && `${id}-help`, isWrong && `${id}-problems`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {isRequired && <span aria-hidden> *</span>}
      </label>
      <div className="field-input">
        {children({
          id,
          ...(described !== '' && { 'aria-describedby': described }),
          ...(isWrong && { 'aria-invalid': true, status: 'error' }),
        })}
        {isWrong && (
          <ul className="field-problems" id={`${id}-problems`} role="alert">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
        {help && (
          <p className="field-help" id={`${id}-help`}>
            {help}
          </p>
        )}
      </div>
    </div>
  );
}
