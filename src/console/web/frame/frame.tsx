import {
  ApiOutlined,
  ExperimentOutlined,
  SendOutlined,
  ThunderboltOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { useText } from '../language/language.js';
import { AccountMenu } from './account-menu.js';
import { LanguageSwitch } from './language-switch.js';
import { LookSwitch } from './look-switch.js';
import { Pages } from './pages.js';
import { Link, useRoute } from './route.js';
import { texts } from './texts.js';

const entries = [
  { path: 'rules', text: texts.rules, Icon: UnorderedListOutlined },
  { path: 'try', text: texts.trial, Icon: ExperimentOutlined },
  { path: 'live', text: texts.live, Icon: ThunderboltOutlined },
  { path: 'tasks', text: texts.tasks, Icon: SendOutlined },
  { path: 'health', text: texts.health, Icon: ApiOutlined },
] as const;

/** What stands around every page: the way to the others. */
export function Frame() {
  const text = useText();
  const { parts } = useRoute();
  const current = parts[0] === 'rule' ? 'rules' : (parts[0] ?? 'rules');
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {text(texts.skip)}
      </a>
      <header className="frame-head">
        <Link to="rules" className="product">
          {text(texts.product)}
        </Link>
        <div className="frame-tools">
          <LookSwitch />
          <LanguageSwitch />
          <AccountMenu />
        </div>
      </header>
      <nav className="frame-nav" aria-label={text(texts.pages)}>
        {entries.map(({ path, text: label, Icon }) => (
          <Link key={path} to={path} {...(path === current && { 'aria-current': 'page' as const })}>
            <Icon aria-hidden />
            <span>{text(label)}</span>
          </Link>
        ))}
      </nav>
      <main className="frame-main" id="content" tabIndex={-1}>
        <Pages parts={parts} />
      </main>
    </div>
  );
}
