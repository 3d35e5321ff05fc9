import { Alert } from 'antd';
import type { RuleList } from '../../../api/contract.js';
import { useSession } from '../../frame/session.js';
import { useText } from '../../language/language.js';
import { ProblemList } from '../../parts/problem-list.js';
import { Words } from '../../parts/words.js';
import { texts } from './texts.js';

/** What somebody must know before they change anything: the file is wrong, or cannot be changed here. */
export function Notices({ list }: { readonly list: RuleList | undefined }) {
  const text = useText();
  const { readOnly, file } = useSession().session;
  const problems = list?.problems ?? [];
  return (
    <>
      {readOnly && (
        <Alert
          className="notice"
          type="info"
          showIcon
          title={text(texts.readOnly)}
          description={<Words of={readOnly} />}
        />
      )}
      {problems.length > 0 && (
        <Alert
          className="notice"
          type="error"
          showIcon
          title={text(texts.fileWrong)}
          description={
            <>
              {file && <code className="path">{file}</code>}
              <ProblemList problems={problems} />
            </>
          }
        />
      )}
    </>
  );
}
