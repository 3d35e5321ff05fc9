import { Alert, Button } from 'antd';
import type { Failure } from '../../api/contract.js';
import { useText } from '../language/language.js';
import { ProblemList } from './problem-list.js';
import { texts } from './texts.js';
import { Words } from './words.js';

interface Props {
  readonly failure: Failure['error'];
  readonly onRetry?: () => void;
}

/** Says what went wrong and, where that makes sense, offers to try again. */
export function FailureAlert({ failure, onRetry }: Props) {
  const text = useText();
  const { problems = [] } = failure;
  return (
    <Alert
      className="notice"
      type="error"
      showIcon
      title={<Words of={failure} />}
      {...(problems.length > 0 && { description: <ProblemList problems={problems} /> })}
      {...(onRetry && {
        action: (
          <Button size="small" onClick={onRetry}>
            {text(texts.again)}
          </Button>
        ),
      })}
    />
  );
}
