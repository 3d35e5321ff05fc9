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
const Live = page(() => import('../pages/live/live.js').then(({ Live: it }) => it));
const Tasks = page(() => import('../pages/tasks/tasks.js').then(({ Tasks: it }) => it));
const Task = page(() => import('../pages/tasks/task.js').then(({ Task: it }) => it));
const Health = page(() => import('../pages/health/health.js').then(({ Health: it }) => it));

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
      return second === 'new' ? <RuleForm /> : <RuleForm key={second} name={second} />;
    // A rule may be called `new`, too.
    case 'rule':
      return second === undefined ? <NotFound /> : <RuleForm key={second} name={second} />;
    case 'try':
      return <Trial />;
    case 'live':
      return <Live />;
    case 'tasks':
      return second === undefined ? <Tasks /> : <Task id={second} />;
    case 'health':
      return <Health />;
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
