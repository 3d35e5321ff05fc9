import { type ReactNode, useId } from 'react';

/** What the input of a field must carry, so that its label and its messages belong to it. */
export interface FieldIds {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
  readonly status?: 'error';
  /** Where an input has no label of its own. */
  readonly 'aria-label'?: string;
}

interface Props {
  readonly label: string;
  /** One sentence on what it is for. */
  readonly help?: string | undefined;
  /** What is wrong with it, shown beside it. */
  readonly problems?: readonly string[];
  readonly isRequired?: boolean;
  /** Several controls under one name. */
  readonly isGroup?: boolean;
  readonly children: (ids: FieldIds) => ReactNode;
}

/** One input with its label, a word of help, and its errors. */
export function Field(props: Props) {
  const { label, help, problems, isRequired = false, isGroup = false, children } = props;
  const id = useId();
  const isWrong = problems !== undefined && problems.length > 0;
  const described = [help && `${id}-help`, isWrong && `${id}-problems`].filter(Boolean).join(' ');
  const title = (
    <>
      {label}
      {isRequired && <span aria-hidden> *</span>}
    </>
  );
  const content = (
    <div className="field-input">
      {children({
        id,
        ...(described !== '' && { 'aria-describedby': described }),
        ...(isWrong && { 'aria-invalid': true, status: 'error' }),
      })}
      {isWrong && (
        <ul className="field-problems" id={`${id}-problems`}>
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
  );
  if (isGroup) {
    return (
      <fieldset className="field" {...(described !== '' && { 'aria-describedby': described })}>
        <legend className="field-label">{title}</legend>
        {content}
      </fieldset>
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>{title}</label>
      {content}
    </div>
  );
}
