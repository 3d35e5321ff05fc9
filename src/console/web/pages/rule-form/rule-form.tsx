import { ArrowLeftOutlined } from '@ant-design/icons';
import { Spin } from 'antd';
import type { RuleDraft } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { useLoaded } from '../../api/use-loaded.js';
import { Link } from '../../frame/route.js';
import { useText } from '../../language/language.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { PageHead } from '../../parts/page-head.js';
import { readSchema, type SchemaReader } from './draft/schema.js';
import { Form } from './form.js';
import { texts } from './texts.js';

/** What the form begins with. */
export interface Begun {
  readonly edition: string;
  readonly rule: RuleDraft;
  readonly defaults: RuleDraft;
  readonly schema: SchemaReader;
}

/** The parameter page: one rule, or a new one when `name` is absent. */
export function RuleForm({ name }: { readonly name?: string }) {
  const text = useText();
  const { data, failure, reload } = useLoaded(`rule ${name}`, (signal) => begin(name, signal));
  return (
    <>
      <Link to="rules" className="back">
        <ArrowLeftOutlined aria-hidden /> {text(texts.back)}
      </Link>
      <PageHead title={text(name === undefined ? texts.newTitle : texts.title(name))} />
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {data === undefined && failure === undefined && <Spin className="waiting" size="large" />}
      {data && <Form key={data.edition} begun={data} {...(name !== undefined && { name })} />}
    </>
  );
}

async function begin(name: string | undefined, signal: AbortSignal): Promise<Begun> {
  const schemaAnswer = call('GET /schema/rule', {}, signal);
  if (name === undefined) {
    const [{ schema, blank }, { edition }] = await Promise.all([
      schemaAnswer,
      call('GET /rules', { query: {} }, signal),
    ]);
    return { edition, rule: blank, defaults: {}, schema: readSchema(schema) };
  }
  const [{ schema }, { edition, rule, defaults }] = await Promise.all([
    schemaAnswer,
    call('GET /rules/:name', { params: { name } }, signal),
  ]);
  return { edition, rule, defaults, schema: readSchema(schema) };
}
