import { Spin } from 'antd';
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { useText } from '../language/language.js';
import { CrashBox } from './crash-box.js';
import { Link } from './route.js';
import { texts } from './texts.js';

const Rules = page(() => import('../pages/rules/rules.js').then(({ Rules: it }) => it));
const RuleForm = page(() =>
  import('../pages/rule-form/rule-form.js').then(({ RuleForm: it }) => it),
);
const Trial = page(() => import('../pages/trial/trial.js').then(({ Trial: it }) => it));

/** The page of a path; each is loaded when it is first shown. */
export function Pages({ parts }: { readonly parts: readonly string[] }) {
  return (
    <CrashBox key={parts.join('/')}>
      <Suspense fallback={<Spin className="waiting" size="large" />}>{pageOf(parts)}</Suspense>
    </CrashBox>
  );
}

function pageOf([first = 'rules', second]: readonly string[]): ReactNode {
  switch (first) {
    case 'rules':
      if (second === undefined) return <Rules />;

      return second === 'new' ? <RuleForm /> : <RuleForm name={second} />;
    case 'try':
      return <Trial />;
    default:
      return <NotFound />;
  }
}

function NotFound() {
  const text = useText();
  return (
    <p>
      {text(texts.notFound)} <Link to="rules">{text(texts.toRules)}</Link>
    </p>
  );
}

function page<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await load() }));
}
